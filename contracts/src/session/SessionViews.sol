// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {ISessionAccount} from "../interfaces/ISessionAccount.sol";
import {SessionUsage} from "./SessionUsage.sol";
import {SpecReader} from "./SpecReader.sol";

/// @title What remains of a session
abstract contract SessionViews {
    /// @notice Rest of a limit. `left` is 2²⁵⁶ − 1 if unlimited; `periodEnd` is 0 unless an allowance, else the second
    /// at which it starts anew.
    struct LimitState {
        uint256 left;
        uint48 periodEnd;
    }

    /// @notice Rest of a policy. `valueLeft` is 0 for a policy without value.
    struct PolicyState {
        uint256 usesLeft;
        uint48 usesPeriodEnd;
        uint256 valueLeft;
        uint48 valuePeriodEnd;
        LimitState[] constraints;
    }

    /// @notice Rest of a session, as of block.timestamp.
    struct SessionState {
        uint8 status;
        uint256 feeLeft;
        uint48 feePeriodEnd;
        PolicyState[] policies;
    }

    /// @dev Account last: ERC-7562 lets validation touch only slots associated with the sender, at most 128 beyond.
    mapping(bytes32 id => mapping(address account => uint256[129] words)) internal _state;

    /// @notice 0 no such session, 1 active (perhaps expired), 2 closed or of an earlier epoch.
    function sessionStatus(address account, bytes32 id) public view returns (uint8) {
        uint256 word = _state[id][account][0];
        uint256 status = SessionUsage.statusOf(word);
        if (
            status == SessionUsage.STATUS_ACTIVE
                && SessionUsage.epochOf(word) != ISessionAccount(account).sessionEpoch()
        ) status = SessionUsage.STATUS_CLOSED;
        return uint8(status);
    }

    /// @notice Everything that remains of a session. Of a session that is not active, the numbers mean nothing.
    function sessionState(address account, bytes calldata spec) external view returns (SessionState memory state) {
        bytes32 id = keccak256(spec);
        state.status = sessionStatus(account, id);
        if (state.status != SessionUsage.STATUS_ACTIVE) return state;
        uint256[129] storage words = _state[id][account];
        uint256 start;
        assembly ("memory-safe") {
            start := spec.offset
        }
        uint256 flags = SpecReader.flagsOf(start);
        uint256 feeLimit = SpecReader.feeLimitOf(start);
        if (flags & SpecReader.FEE_ALLOWANCE != 0) {
            LimitState memory fee =
                _limit(words, SpecReader.ALLOWANCE, 0, feeLimit, SpecReader.feePeriodOf(start));
            (state.feeLeft, state.feePeriodEnd) = (fee.left, fee.periodEnd);
        } else {
            state.feeLeft = feeLimit - SessionUsage.feeUsedOf(words[0]);
        }
        uint256 n = SpecReader.policyCountOf(start);
        state.policies = new PolicyState[](n);
        uint256 p = SpecReader.policiesOf(start, flags);
        for (uint256 i; i < n; ++i) {
            SpecReader.Policy memory policy = SpecReader.policy(p);
            state.policies[i] = _policyState(words, policy, i);
            p = policy.end;
        }
    }

    function _slotOf(bytes32 id, address account) internal view returns (uint256 slot) {
        uint256[129] storage words = _state[id][account];
        assembly ("memory-safe") {
            slot := words.slot
        }
    }

    function _policyState(uint256[129] storage words, SpecReader.Policy memory policy, uint256 i)
        private
        view
        returns (PolicyState memory state)
    {
        uint256 cell = policy.firstCell;
        uint256 limitType = SpecReader.limitTypeOf(policy.flags);
        if (policy.flags & SpecReader.HAS_VALUE != 0) {
            LimitState memory value = _limit(words, limitType, cell, policy.valueLimit, policy.valuePeriod);
            (state.valueLeft, state.valuePeriodEnd) = (value.left, value.periodEnd);
            if (limitType != SpecReader.UNLIMITED) ++cell;
        }
        if (policy.flags & SpecReader.HAS_COUNT == 0) {
            state.usesLeft = type(uint256).max;
        } else if (i == 0 && policy.flags & SpecReader.COUNT_PER_PERIOD == 0) {
            state.usesLeft = policy.maxUses - SessionUsage.usesOf(words[0]);
        } else {
            limitType = policy.flags & SpecReader.COUNT_PER_PERIOD != 0 ? SpecReader.ALLOWANCE : SpecReader.LIFETIME;
            LimitState memory uses = _limit(words, limitType, cell++, policy.maxUses, policy.usePeriod);
            (state.usesLeft, state.usesPeriodEnd) = (uses.left, uses.periodEnd);
        }
        state.constraints = new LimitState[](policy.constraintCount);
        uint256 p = policy.constraints;
        for (uint256 k; k < policy.constraintCount; ++k) {
            SpecReader.Constraint memory c = SpecReader.constraint(p);
            limitType = SpecReader.limitTypeOf(c.head);
            state.constraints[k] = _limit(words, limitType, cell, c.limit, c.period);
            if (limitType != SpecReader.UNLIMITED) ++cell;
            p = c.end;
        }
    }

    function _limit(uint256[129] storage words, uint256 limitType, uint256 cell, uint256 limit, uint256 period)
        private
        view
        returns (LimitState memory state)
    {
        if (limitType == SpecReader.UNLIMITED) {
            state.left = type(uint256).max;
            return state;
        }
        uint256 value = SessionUsage.cellOf(words[SessionUsage.wordOfCell(cell)], cell);
        if (limitType == SpecReader.LIFETIME) state.left = limit - value;
        else (state.left, state.periodEnd) = SessionUsage.allowanceLeft(value, limit, period, block.timestamp);
    }
}
