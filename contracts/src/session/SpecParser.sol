// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionErrors} from "./SessionErrors.sol";
import {SpecReader} from "./SpecReader.sol";

/// @title Parsing a packed session spec in full
///
/// @notice What passes here has exactly one meaning, needs no check at use, and lies inside its own bytes: a policy's
/// length says where its last constraint ends, and the last policy ends where the spec does. Whatever was read on the way
/// lies before that.
///
/// @dev Mirrors `lib/account/codecs/latchkey`; vectors in `tests/vectors/policy`.
library SpecParser {
    uint256 private constant MAX_DURATION = 365 days;
    uint256 private constant MAX_CELLS = 256;
    address private constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
    uint256 private constant TARGET_AND_SELECTOR_MASK = (1 << 192) - 1;
    uint256 private constant TARGET_MASK = ((1 << 160) - 1) << 32;

    struct Cursor {
        uint256 start; // calldata offset of the spec
        uint256 end;
        uint256 at; // next policy
        uint256 cell; // next free cell
        uint256 order; // of the last policy
    }

    /// @notice Refuses every spec that is not well-formed.
    ///
    /// @return targets Of all policies, in order.
    function parse(bytes calldata spec) internal view returns (address[] memory targets) {
        if (spec.length < SpecReader.HEADER_LENGTH) revert SessionErrors.InvalidSpec(spec.length);
        Cursor memory cursor;
        uint256 start;
        assembly ("memory-safe") {
            start := spec.offset
        }
        uint256 flags = SpecReader.flagsOf(start);
        _checkHeader(start, flags);
        cursor.start = start;
        cursor.end = start + spec.length;
        cursor.at = SpecReader.policiesOf(start, flags);
        if (flags & SpecReader.FEE_ALLOWANCE != 0) cursor.cell = 1;

        uint256 n = SpecReader.policyCountOf(start);
        targets = new address[](n);
        for (uint256 i; i < n; ++i) {
            targets[i] = _parsePolicy(cursor, i);
        }
        if (cursor.at != cursor.end || cursor.cell > MAX_CELLS) revert SessionErrors.InvalidSpec(cursor.at - start);
    }

    function _checkHeader(uint256 spec, uint256 flags) private view {
        if (SpecReader.signerOf(spec) == address(0)) revert SessionErrors.ZeroSigner();
        uint256 expiresAt = SpecReader.expiresAtOf(spec);
        if (expiresAt <= block.timestamp) revert SessionErrors.SessionExpiresTooSoon(expiresAt);
        if (expiresAt > block.timestamp + MAX_DURATION) revert SessionErrors.SessionExpiresTooLate(expiresAt);
        uint256 mode = flags & SpecReader.PAYMASTER_MODE;
        bool ok = flags >> 3 == 0 && mode <= SpecReader.PAYMASTER_ANY && SpecReader.policyCountOf(spec) != 0
            && (mode != SpecReader.PAYMASTER_LISTED || SpecReader.paymasterOf(spec, flags) != address(0))
            && (flags & SpecReader.FEE_ALLOWANCE == 0 || SpecReader.feePeriodOf(spec) != 0);
        if (!ok) revert SessionErrors.InvalidSpec(0);
    }

    /// @dev Parses policy `i` at the cursor and moves the cursor on.
    function _parsePolicy(Cursor memory cursor, uint256 i) private pure returns (address target) {
        unchecked {
            uint256 p = cursor.at;
            // From the left: length 2, first cell 1, flags 1, constraints 1, target 20, selector 4.
            uint256 head = SpecReader.read(p, 32);
            uint256 end = p + 2 + (head >> 240);
            uint256 cell = cursor.cell;
            if (end > cursor.end || uint8(head >> 232) != cell) revert SessionErrors.InvalidSpec(p - cursor.start);
            target = address(uint160(head >> 56));
            if (target == PERMIT2) revert SessionErrors.TargetBanned(PERMIT2);

            // Kind, target, selector; the strictly ascending order leaves no duplicates.
            uint256 flags = uint8(head >> 224);
            uint256 order = (head >> 24) & TARGET_AND_SELECTOR_MASK;
            order = flags & SpecReader.IS_CALL != 0 ? order | 1 << 192 : order & TARGET_MASK;
            // The first policy may be of target 0.
            if (order <= cursor.order && i != 0) revert SessionErrors.InvalidSpec(p - cursor.start);
            cursor.order = order;

            bool ok;
            (ok, p, cell) = _parseLimits(p, flags, cell, i);
            uint256 constraints = uint8(head >> 216);
            if (constraints != 0 && flags & SpecReader.IS_CALL == 0) ok = false;
            for (; ok && constraints != 0; --constraints) {
                (ok, p, cell) = _parseConstraint(p, cell);
            }
            if (!ok || p != end) revert SessionErrors.InvalidSpec(p - cursor.start);
            (cursor.at, cursor.cell) = (end, cell);
        }
    }

    /// @dev Value and use count of policy `i`, which starts at `p`.
    ///
    /// @return ok Whether they are well-formed.
    /// @return Where the constraints start, and the next free cell.
    function _parseLimits(uint256 p, uint256 flags, uint256 cell, uint256 i)
        private
        pure
        returns (bool ok, uint256, uint256)
    {
        unchecked {
            ok = flags >> 6 == 0;
            p += flags & SpecReader.IS_CALL != 0 ? 29 : 25;
            uint256 limitType = SpecReader.limitTypeOf(flags);
            if (flags & SpecReader.HAS_VALUE != 0) p += 12;
            else if (limitType != SpecReader.UNLIMITED) ok = false;
            if (limitType != SpecReader.UNLIMITED) {
                p += 12;
                ++cell;
                if (limitType == SpecReader.ALLOWANCE) {
                    if (SpecReader.read(p, 4) == 0) ok = false;
                    p += 4;
                } else if (limitType != SpecReader.LIFETIME) {
                    ok = false;
                }
            }
            bool perPeriod = flags & SpecReader.COUNT_PER_PERIOD != 0;
            if (flags & SpecReader.HAS_COUNT != 0) {
                if (SpecReader.read(p, 2) == 0) ok = false;
                p += 2;
                // The lifetime count of policy 0 stands in word 0.
                if (perPeriod || i != 0) ++cell;
            } else if (perPeriod) {
                ok = false;
            }
            if (perPeriod) {
                if (SpecReader.read(p, 4) == 0) ok = false;
                p += 4;
            }
            return (ok, p, cell);
        }
    }

    /// @return ok Whether the constraint at `p` is well-formed.
    /// @return Where the next one starts, and the next free cell.
    function _parseConstraint(uint256 p, uint256 cell) private pure returns (bool ok, uint256, uint256) {
        unchecked {
            uint256 head = SpecReader.read(p, 1);
            uint256 condition = head & 7;
            ok = head >> 6 == 0 && condition != 7;
            p += 2;
            if (head & SpecReader.HAS_REF != 0) {
                uint256 length = SpecReader.read(p, 1);
                // No leading zero byte, so that a value has one form.
                if (condition == 0 || length == 0 || length > 32 || SpecReader.read(p + 1, 1) == 0) ok = false;
                p += 1 + length;
            }
            uint256 limitType = SpecReader.limitTypeOf(head);
            if (limitType != SpecReader.UNLIMITED) {
                if (limitType == SpecReader.ALLOWANCE) {
                    if (SpecReader.read(p, 4) == 0) ok = false;
                } else if (limitType != SpecReader.LIFETIME) {
                    ok = false;
                }
                p += 16;
                ++cell;
            }
            return (ok, p, cell);
        }
    }
}
