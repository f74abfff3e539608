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

    uint256 private constant TARGET_MASK = (1 << 160) - 1;
    uint256 private constant TARGET_AND_SELECTOR_MASK = (1 << 192) - 1;

    /// @notice Checks a call against policy `policyIndex` and charges its limits.
    ///
    /// @param args The call's data, selector included.
    function charge(
        SessionUsage.Run memory run,
        uint256 policyIndex,
        address target,
        uint256 value,
        bytes calldata args
    ) internal {
        (uint256 p, uint256 head) = _find(run.spec, policyIndex, target, args);
        // The head, from the left: length 2, first cell 1, flags 1, constraints 1, target 20, selector 4.
        uint256 cell = uint8(head >> 232);
        uint256 flags = uint8(head >> 224);
        uint256 constraints = uint8(head >> 216);
        if (flags & SpecReader.HAS_VALUE != 0) (p, cell) = _chargeValue(run, p, flags, cell, value);
        else if (value != 0) revert SessionErrors.MaxValueExceeded(value, 0);
        if (flags & SpecReader.HAS_COUNT != 0) (p, cell) = _chargeCount(run, p, flags, cell, policyIndex);
        for (; constraints != 0; --constraints) {
            (p, cell) = _chargeConstraint(run, p, cell, args);
        }
    }

    /// @return p After target and selector.
    /// @return head First word of the policy.
    function _find(uint256 spec, uint256 policyIndex, address target, bytes calldata args)
        private
        pure
        returns (uint256 p, uint256 head)
    {
        unchecked {
            bool isCall = args.length != 0;
            if (isCall && args.length < 4) revert SessionErrors.InvalidDataLength(args.length, 4);
            if (policyIndex < SpecReader.policyCountOf(spec)) {
                p = SpecReader.policiesOf(spec, SpecReader.flagsOf(spec));
                for (uint256 i = policyIndex; i != 0; --i) {
                    p += 2 + SpecReader.read(p, 2);
                }
                head = SpecReader.read(p, 32);
                bool ofCalls = (head >> 224) & SpecReader.IS_CALL != 0;
                if (isCall && ofCalls) {
                    uint256 wanted = uint256(uint160(target)) << 32 | uint32(bytes4(args));
                    if ((head >> 24) & TARGET_AND_SELECTOR_MASK == wanted) return (p + 29, head);
                } else if (!isCall && !ofCalls) {
                    if ((head >> 56) & TARGET_MASK == uint160(target)) return (p + 25, head);
                }
            }
            if (isCall) revert SessionErrors.CallPolicyViolated(target, bytes4(args));
            revert SessionErrors.TransferPolicyViolated(target);
        }
    }

    /// @param p After target and selector.
    ///
    /// @return Where the use count starts, and the policy's next cell.
    function _chargeValue(SessionUsage.Run memory run, uint256 p, uint256 flags, uint256 cell, uint256 value)
        private
        returns (uint256, uint256)
    {
        unchecked {
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
