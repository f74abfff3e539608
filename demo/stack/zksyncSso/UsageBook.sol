// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionTypes} from "./SessionTypes.sol";

/// @title UsageBook
///
/// @notice The counters of the session module's double, each period's its own.
abstract contract UsageBook {
    struct Range {
        /// @dev Exclusive.
        uint48 validAfter;
        uint48 validUntil;
    }

    /// @dev Account last: ERC-7562 lets validation touch only slots associated with the sender.
    mapping(bytes32 cell => mapping(uint64 periodId => mapping(address account => uint256 used))) private _used;

    function _charge(
        bytes32 cell,
        SessionTypes.UsageLimit memory limit,
        uint256 amount,
        uint48 periodId,
        Range memory range
    ) internal {
        if (limit.limitType == SessionTypes.LimitType.Unlimited) return;
        bool isAllowance = limit.limitType == SessionTypes.LimitType.Allowance;
        uint256 used = _used[cell][isAllowance ? periodId : 0][msg.sender];
        if (amount > limit.limit || used > limit.limit - amount) {
            if (isAllowance) revert SessionTypes.AllowanceExceeded(used, limit.limit, periodId);
            revert SessionTypes.LifetimeUsageExceeded(used, limit.limit);
        }
        _used[cell][isAllowance ? periodId : 0][msg.sender] = used + amount;
        if (!isAllowance) return;
        uint48 begin = periodId * limit.period;
        if (begin > range.validAfter) range.validAfter = begin;
        if (begin + limit.period < range.validUntil) range.validUntil = begin + limit.period;
    }

    function _state(
        SessionTypes.Status status,
        bytes32 hash,
        address account,
        SessionTypes.SessionSpec calldata spec
    ) internal view returns (SessionTypes.SessionState memory state) {
        state.status = status;
        state.feesRemaining = _left(keccak256(abi.encode(hash, "fee")), spec.feeLimit, account);
        state.transferValue = new SessionTypes.LimitState[](spec.transferPolicies.length);
        for (uint256 i; i < spec.transferPolicies.length; ++i) {
            SessionTypes.TransferSpec calldata policy = spec.transferPolicies[i];
            uint256 left = _left(_transferValue(hash, policy.target), policy.valueLimit, account);
            state.transferValue[i] = SessionTypes.LimitState(left, policy.target, 0, 0);
        }
        state.callValue = new SessionTypes.LimitState[](spec.callPolicies.length);
        uint256 limited;
        for (uint256 i; i < spec.callPolicies.length; ++i) {
            SessionTypes.CallSpec calldata policy = spec.callPolicies[i];
            uint256 left = _left(_callValue(hash, policy.target, policy.selector), policy.valueLimit, account);
            state.callValue[i] = SessionTypes.LimitState(left, policy.target, policy.selector, 0);
            for (uint256 j; j < policy.constraints.length; ++j) {
                if (policy.constraints[j].limit.limitType != SessionTypes.LimitType.Unlimited) ++limited;
            }
        }
        state.callParams = new SessionTypes.LimitState[](limited);
        limited = 0;
        for (uint256 i; i < spec.callPolicies.length; ++i) {
            for (uint256 j; j < spec.callPolicies[i].constraints.length; ++j) {
                SessionTypes.Constraint calldata constraint = spec.callPolicies[i].constraints[j];
                if (constraint.limit.limitType == SessionTypes.LimitType.Unlimited) continue;
                state.callParams[limited++] = _paramState(hash, account, spec.callPolicies[i], j);
            }
        }
    }

    function _transferValue(bytes32 hash, address target) internal pure returns (bytes32) {
        return keccak256(abi.encode(hash, "transfer", target));
    }

    function _callValue(bytes32 hash, address target, bytes4 selector) internal pure returns (bytes32) {
        return keccak256(abi.encode(hash, "value", target, selector));
    }

    function _callParam(bytes32 hash, address target, bytes4 selector, uint256 place)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(hash, "param", target, selector, place));
    }

    function _paramState(bytes32 hash, address account, SessionTypes.CallSpec calldata policy, uint256 place)
        private
        view
        returns (SessionTypes.LimitState memory)
    {
        SessionTypes.Constraint calldata constraint = policy.constraints[place];
        bytes32 cell = _callParam(hash, policy.target, policy.selector, place);
        uint256 left = _left(cell, constraint.limit, account);
        return SessionTypes.LimitState(left, policy.target, policy.selector, constraint.index);
    }

    function _left(bytes32 cell, SessionTypes.UsageLimit calldata limit, address account)
        private
        view
        returns (uint256)
    {
        if (limit.limitType == SessionTypes.LimitType.Unlimited) return type(uint256).max;
        bool isAllowance = limit.limitType == SessionTypes.LimitType.Allowance;
        uint64 periodId = isAllowance ? uint64(block.timestamp / limit.period) : 0;
        return limit.limit - _used[cell][periodId][account];
    }
}
