// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionErrors} from "./SessionErrors.sol";
import {SessionUsage} from "./SessionUsage.sol";
import {SpecReader} from "./SpecReader.sol";

/// @title Checking one call against one policy
///
/// @dev Reads the policy as it goes, from calldata: nothing is decoded that is not needed.
/// @dev Mirrors `checkCall` in `lib/policy`; vectors in `tests/vectors/policy`.
library PolicyCheck {
    using SessionUsage for SessionUsage.Run;

    /// @notice Checks a call against policy `policyIndex` and charges its limits.
    ///
    /// @param args The call's data, selector included.
    function charge(
        SessionUsage.Run memory run,
        SpecReader.Header memory header,
        uint256 policyIndex,
        address target,
        uint256 value,
        bytes calldata args
    ) internal view {
        if (args.length != 0 && args.length < 4) revert SessionErrors.InvalidDataLength(args.length, 4);
        uint256 p = _find(header, policyIndex, target, args);
        uint256 cell = SpecReader.read(p + 2, 1);
        uint256 flags = SpecReader.read(p + 3, 1);
        uint256 constraints = SpecReader.read(p + 4, 1);
        p += flags & SpecReader.IS_CALL != 0 ? 29 : 25;
        (p, cell) = _chargeValue(run, p, flags, cell, value);
        if (flags & SpecReader.HAS_COUNT != 0) (p, cell) = _chargeCount(run, p, flags, cell, policyIndex);
        for (; constraints != 0; --constraints) {
            (p, cell) = _chargeConstraint(run, p, cell, args);
        }
    }

    /// @return p Where the policy starts.
    function _find(SpecReader.Header memory header, uint256 policyIndex, address target, bytes calldata args)
        private
        pure
        returns (uint256 p)
    {
        unchecked {
            if (policyIndex < header.policyCount) {
                p = header.end;
                for (uint256 i = policyIndex; i != 0; --i) {
                    p += 2 + SpecReader.read(p, 2);
                }
                bool isCall = SpecReader.read(p + 3, 1) & SpecReader.IS_CALL != 0;
                if (
                    SpecReader.read(p + 5, 20) == uint160(target) && isCall == (args.length != 0)
                        && (!isCall || SpecReader.read(p + 25, 4) == uint32(bytes4(args)))
                ) return p;
            }
        }
        if (args.length == 0) revert SessionErrors.TransferPolicyViolated(target);
        revert SessionErrors.CallPolicyViolated(target, bytes4(args));
    }

    /// @param p After target and selector.
    ///
    /// @return Where the use count starts, and the policy's next cell.
    function _chargeValue(SessionUsage.Run memory run, uint256 p, uint256 flags, uint256 cell, uint256 value)
        private
        view
        returns (uint256, uint256)
    {
        unchecked {
            if (flags & SpecReader.HAS_VALUE == 0) {
                if (value != 0) revert SessionErrors.MaxValueExceeded(value, 0);
                return (p, cell);
            }
            uint256 limit = SpecReader.read(p, 12);
            if (value > limit) revert SessionErrors.MaxValueExceeded(value, limit);
            uint256 limitType = SpecReader.limitTypeOf(flags);
            if (limitType == SpecReader.UNLIMITED) return (p + 12, cell);
            limit = SpecReader.read(p + 12, 12);
            if (limitType == SpecReader.LIFETIME) {
                run.chargeLifetime(cell, limit, value);
                return (p + 24, cell + 1);
            }
            run.chargeAllowance(cell, limit, SpecReader.read(p + 24, 4), value);
            return (p + 28, cell + 1);
        }
    }

    /// @return Where the constraints start, and the policy's next cell.
    function _chargeCount(SessionUsage.Run memory run, uint256 p, uint256 flags, uint256 cell, uint256 policyIndex)
        private
        view
        returns (uint256, uint256)
    {
        unchecked {
            uint256 maxUses = SpecReader.read(p, 2);
            if (flags & SpecReader.COUNT_PER_PERIOD != 0) {
                run.chargeAllowance(cell, maxUses, SpecReader.read(p + 2, 4), 1);
                return (p + 6, cell + 1);
            }
            if (policyIndex == 0) {
                run.chargeUse(maxUses);
                return (p + 2, cell);
            }
            run.chargeLifetime(cell, maxUses, 1);
            return (p + 2, cell + 1);
        }
    }

    /// @return Where the next constraint starts, and the policy's next cell.
    function _chargeConstraint(SessionUsage.Run memory run, uint256 p, uint256 cell, bytes calldata args)
        private
        view
        returns (uint256, uint256)
    {
        unchecked {
            uint256 head = SpecReader.read(p, 1);
            uint256 word = _argument(args, SpecReader.read(p + 1, 1));
            p += 2;
            uint256 ref;
            if (head & SpecReader.HAS_REF != 0) {
                uint256 length = SpecReader.read(p, 1);
                ref = SpecReader.read(p + 1, length);
                p += 1 + length;
            }
            if (!_holds(head & 7, word, ref)) {
                revert SessionErrors.ConditionViolated(bytes32(word), bytes32(ref), uint8(head & 7));
            }
            uint256 limitType = SpecReader.limitTypeOf(head);
            if (limitType == SpecReader.UNLIMITED) return (p, cell);
            if (limitType == SpecReader.LIFETIME) run.chargeLifetime(cell, SpecReader.read(p, 16), word);
            else run.chargeAllowance(cell, SpecReader.read(p + 4, 12), SpecReader.read(p, 4), word);
            return (p + 16, cell + 1);
        }
    }

    /// @dev Word `index` after the selector.
    function _argument(bytes calldata args, uint256 index) private pure returns (uint256) {
        unchecked {
            uint256 end = 36 + (index << 5);
            if (args.length < end) revert SessionErrors.InvalidDataLength(args.length, end);
            return uint256(bytes32(args[end - 32:]));
        }
    }

    /// @dev Unsigned. The numbers are those of the wire format.
    function _holds(uint256 condition, uint256 word, uint256 ref) private pure returns (bool) {
        if (condition == 1) return word == ref;
        if (condition == 2) return word > ref;
        if (condition == 3) return word < ref;
        if (condition == 4) return word >= ref;
        if (condition == 5) return word <= ref;
        if (condition == 6) return word != ref;
        return true;
    }
}
