// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionErrors} from "./SessionErrors.sol";
import {SessionUsage} from "./SessionUsage.sol";
import {SpecReader} from "./SpecReader.sol";

/// @title Checking one call against one policy
///
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
        SpecReader.Policy memory policy = _find(header, policyIndex, target, args);
        uint256 cell = _chargeValue(run, policy, value);
        cell = _chargeCount(run, policy, policyIndex, cell);
        _chargeConstraints(run, policy, cell, args);
    }

    function _find(SpecReader.Header memory header, uint256 policyIndex, address target, bytes calldata args)
        private
        pure
        returns (SpecReader.Policy memory policy)
    {
        if (policyIndex < header.policyCount) {
            uint256 p = header.end;
            for (uint256 i; i < policyIndex; ++i) {
                p += 2 + SpecReader.read(p, 2);
            }
            policy = SpecReader.policy(p);
            bool isCall = policy.flags & SpecReader.IS_CALL != 0;
            if (
                policy.target == target && isCall == (args.length != 0)
                    && (!isCall || policy.selector == bytes4(args))
            ) return policy;
        }
        if (args.length == 0) revert SessionErrors.TransferPolicyViolated(target);
        revert SessionErrors.CallPolicyViolated(target, bytes4(args));
    }

    /// @return cell The policy's next cell.
    function _chargeValue(SessionUsage.Run memory run, SpecReader.Policy memory policy, uint256 value)
        private
        view
        returns (uint256 cell)
    {
        // Without the value flag both are 0.
        if (value > policy.maxValue) revert SessionErrors.MaxValueExceeded(value, policy.maxValue);
        cell = policy.firstCell;
        uint256 limitType = SpecReader.limitTypeOf(policy.flags);
        if (limitType == SpecReader.UNLIMITED) return cell;
        if (limitType == SpecReader.LIFETIME) run.chargeLifetime(cell, policy.valueLimit, value);
        else run.chargeAllowance(cell, policy.valueLimit, policy.valuePeriod, value);
        return cell + 1;
    }

    /// @return The policy's next cell.
    function _chargeCount(
        SessionUsage.Run memory run,
        SpecReader.Policy memory policy,
        uint256 policyIndex,
        uint256 cell
    ) private view returns (uint256) {
        if (policy.flags & SpecReader.HAS_COUNT == 0) return cell;
        if (policy.flags & SpecReader.COUNT_PER_PERIOD != 0) {
            run.chargeAllowance(cell, policy.maxUses, policy.usePeriod, 1);
            return cell + 1;
        }
        if (policyIndex == 0) {
            run.chargeUse(policy.maxUses);
            return cell;
        }
        run.chargeLifetime(cell, policy.maxUses, 1);
        return cell + 1;
    }

    function _chargeConstraints(
        SessionUsage.Run memory run,
        SpecReader.Policy memory policy,
        uint256 cell,
        bytes calldata args
    ) private view {
        uint256 p = policy.constraints;
        for (uint256 i; i < policy.constraintCount; ++i) {
            SpecReader.Constraint memory c = SpecReader.constraint(p);
            uint256 word = _argument(args, c.index);
            if (!_holds(c.head & 7, word, c.ref)) {
                revert SessionErrors.ConditionViolated(bytes32(word), bytes32(c.ref), uint8(c.head & 7));
            }
            uint256 limitType = SpecReader.limitTypeOf(c.head);
            if (limitType == SpecReader.LIFETIME) run.chargeLifetime(cell++, c.limit, word);
            else if (limitType == SpecReader.ALLOWANCE) run.chargeAllowance(cell++, c.limit, c.period, word);
            p = c.end;
        }
    }

    /// @dev Word `index` after the selector.
    function _argument(bytes calldata args, uint256 index) private pure returns (uint256) {
        uint256 end = 36 + (index << 5);
        if (args.length < end) revert SessionErrors.InvalidDataLength(args.length, end);
        return uint256(bytes32(args[end - 32:]));
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
