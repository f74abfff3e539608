// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Reading a packed session spec
///
/// @notice Positions are absolute calldata offsets. Layout: contracts/README.md, "Spec".
///
/// @dev Positions and lengths of few bytes are added without overflow checks.
/// @dev Does not verify: that the spec is well-formed. `SpecParser` does, once, and the hash proves it from then on.
/// @dev Mirrors `lib/policy/spec.ts` and `lib/account/codecs/latchkey`.
library SpecReader {
    uint256 internal constant HEADER_LENGTH = 38;

    uint256 internal constant PAYMASTER_MODE = 0x03;
    uint256 internal constant PAYMASTER_NONE = 0;
    uint256 internal constant PAYMASTER_LISTED = 1;
    uint256 internal constant PAYMASTER_ANY = 2;
    uint256 internal constant FEE_ALLOWANCE = 0x04;

    uint256 internal constant IS_CALL = 0x01;
    uint256 internal constant HAS_VALUE = 0x02;
    uint256 internal constant HAS_COUNT = 0x04;
    uint256 internal constant COUNT_PER_PERIOD = 0x20;

    /// @dev Two bits of the policy flags and of the constraint head, both at bit 3.
    uint256 internal constant UNLIMITED = 0;
    uint256 internal constant LIFETIME = 1;
    uint256 internal constant ALLOWANCE = 2;

    uint256 internal constant HAS_REF = 0x20;

    struct Policy {
        uint256 end;
        uint256 firstCell;
        uint256 flags;
        uint256 constraintCount;
        address target;
        bytes4 selector;
        uint256 maxValue;
        uint256 valueLimit;
        uint256 valuePeriod;
        uint256 maxUses;
        uint256 usePeriod;
        uint256 constraints;
    }

    /// @dev `head`: condition, limit type, whether there is a reference value.
    struct Constraint {
        uint256 head;
        uint256 index;
        uint256 ref;
        uint256 limit;
        uint256 period;
        uint256 end;
    }

    /// @notice Big-endian integer of `size` bytes (1 to 32) at `p`.
    function read(uint256 p, uint256 size) internal pure returns (uint256 value) {
        assembly ("memory-safe") {
            value := shr(sub(256, shl(3, size)), calldataload(p))
        }
    }

    /// @notice Signer of the session whose spec starts at `spec`. Sessions of the zero address do not exist.
    function signerOf(uint256 spec) internal pure returns (address) {
        return address(uint160(read(spec, 20)));
    }

    /// @notice Last second of the session, unix.
    function expiresAtOf(uint256 spec) internal pure returns (uint256) {
        unchecked {
            return read(spec + 20, 6);
        }
    }

    /// @notice Flags of the header.
    function flagsOf(uint256 spec) internal pure returns (uint256) {
        unchecked {
            return read(spec + 26, 1);
        }
    }

    /// @notice Limit of the fee, in wei: for the session's life, or a period if it is an allowance.
    function feeLimitOf(uint256 spec) internal pure returns (uint256) {
        unchecked {
            return read(spec + 27, 10);
        }
    }

    /// @notice Number of policies.
    function policyCountOf(uint256 spec) internal pure returns (uint256) {
        unchecked {
            return read(spec + 37, 1);
        }
    }

    /// @notice Period of the fee limit, in seconds, if it is an allowance.
    function feePeriodOf(uint256 spec) internal pure returns (uint256) {
        unchecked {
            return read(spec + HEADER_LENGTH, 4);
        }
    }

    /// @notice The paymaster, if one is listed.
    ///
    /// @param flags Of the header.
    function paymasterOf(uint256 spec, uint256 flags) internal pure returns (address) {
        unchecked {
            return address(uint160(read(spec + (flags & FEE_ALLOWANCE != 0 ? HEADER_LENGTH + 4 : HEADER_LENGTH), 20)));
        }
    }

    /// @notice Where the first policy starts.
    ///
    /// @param flags Of the header.
    function policiesOf(uint256 spec, uint256 flags) internal pure returns (uint256 p) {
        unchecked {
            p = spec + HEADER_LENGTH;
            if (flags & FEE_ALLOWANCE != 0) p += 4;
            if (flags & PAYMASTER_MODE == PAYMASTER_LISTED) p += 20;
        }
    }

    /// @notice Reads the policy that starts at `p`, up to its constraints.
    function policy(uint256 p) internal pure returns (Policy memory r) {
        unchecked {
            r.end = p + 2 + read(p, 2);
            r.firstCell = read(p + 2, 1);
            uint256 flags = read(p + 3, 1);
            r.flags = flags;
            r.constraintCount = read(p + 4, 1);
            r.target = address(uint160(read(p + 5, 20)));
            p += 25;
            if (flags & IS_CALL != 0) {
                r.selector = bytes4(uint32(read(p, 4)));
                p += 4;
            }
            if (flags & HAS_VALUE != 0) {
                r.maxValue = read(p, 12);
                p += 12;
                uint256 limitType = limitTypeOf(flags);
                if (limitType != UNLIMITED) {
                    r.valueLimit = read(p, 12);
                    p += 12;
                    if (limitType == ALLOWANCE) {
                        r.valuePeriod = read(p, 4);
                        p += 4;
                    }
                }
            }
            if (flags & HAS_COUNT != 0) {
                r.maxUses = read(p, 2);
                p += 2;
                if (flags & COUNT_PER_PERIOD != 0) {
                    r.usePeriod = read(p, 4);
                    p += 4;
                }
            }
            r.constraints = p;
        }
    }

    /// @notice Reads the constraint that starts at `p`.
    function constraint(uint256 p) internal pure returns (Constraint memory c) {
        unchecked {
            c.head = read(p, 1);
            c.index = read(p + 1, 1);
            p += 2;
            if (c.head & HAS_REF != 0) {
                uint256 length = read(p, 1);
                c.ref = read(p + 1, length);
                p += 1 + length;
            }
            uint256 limitType = limitTypeOf(c.head);
            if (limitType == LIFETIME) {
                c.limit = read(p, 16);
                p += 16;
            } else if (limitType == ALLOWANCE) {
                c.period = read(p, 4);
                c.limit = read(p + 4, 12);
                p += 16;
            }
            c.end = p;
        }
    }

    /// @notice Limit type in a policy's flags or a constraint's head.
    function limitTypeOf(uint256 flags) internal pure returns (uint256) {
        return (flags >> 3) & 3;
    }
}
