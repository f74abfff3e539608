// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionErrors} from "./SessionErrors.sol";
import {SpecReader} from "./SpecReader.sol";

/// @title Parsing a packed session spec in full
///
/// @notice What passes here has exactly one meaning, needs no check at use, and lies inside its own bytes.
///
/// @dev Mirrors `lib/account/codecs/latchkey`; vectors in `tests/vectors/policy`.
library SpecParser {
    uint256 private constant MAX_DURATION = 365 days;
    uint256 private constant MAX_CELLS = 256;
    address private constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;

    /// @notice Refuses every spec that is not well-formed.
    ///
    /// @return targets Of all policies, in order.
    function parse(bytes calldata spec) internal view returns (address[] memory targets) {
        uint256 start;
        assembly ("memory-safe") {
            start := spec.offset
        }
        uint256 end = start + spec.length;
        if (spec.length < SpecReader.HEADER_LENGTH) revert SessionErrors.InvalidSpec(spec.length);
        SpecReader.Header memory h = SpecReader.header(start);
        if (h.end > end) revert SessionErrors.InvalidSpec(spec.length);
        _checkHeader(h);

        targets = new address[](h.policyCount);
        uint256 p = h.end;
        uint256 cell = h.flags & SpecReader.FEE_ALLOWANCE != 0 ? 1 : 0;
        uint256 previous;
        for (uint256 i; i < h.policyCount; ++i) {
            // 25 bytes hold the fields that say how long the rest is.
            if (p + 25 > end) revert SessionErrors.InvalidSpec(p - start);
            SpecReader.Policy memory policy = SpecReader.policy(p);
            if (policy.end > end || policy.constraints > policy.end) revert SessionErrors.InvalidSpec(p - start);

            // Kind, target, selector, and one above so that the first policy passes too.
            uint256 order = ((policy.flags & SpecReader.IS_CALL) << 192 | uint256(uint160(policy.target)) << 32
                    | uint32(policy.selector)) + 1;
            bool ok = order > previous && policy.firstCell == cell && _isPolicy(policy);
            if (!ok) revert SessionErrors.InvalidSpec(p - start);
            if (policy.target == PERMIT2) revert SessionErrors.TargetBanned(PERMIT2);

            cell = _parseConstraints(policy, cell + _policyCells(policy, i), start);
            previous = order;
            targets[i] = policy.target;
            p = policy.end;
        }
        if (p != end || cell > MAX_CELLS) revert SessionErrors.InvalidSpec(p - start);
    }

    function _checkHeader(SpecReader.Header memory h) private view {
        if (h.signer == address(0)) revert SessionErrors.ZeroSigner();
        if (h.expiresAt <= block.timestamp) revert SessionErrors.SessionExpiresTooSoon(h.expiresAt);
        if (h.expiresAt > block.timestamp + MAX_DURATION) revert SessionErrors.SessionExpiresTooLate(h.expiresAt);
        uint256 mode = h.flags & SpecReader.PAYMASTER_MODE;
        bool ok = h.flags >> 3 == 0 && mode <= SpecReader.PAYMASTER_ANY && h.policyCount != 0
            && (mode != SpecReader.PAYMASTER_LISTED || h.paymaster != address(0))
            && (h.flags & SpecReader.FEE_ALLOWANCE == 0 || h.feePeriod != 0);
        if (!ok) revert SessionErrors.InvalidSpec(0);
    }

    function _isPolicy(SpecReader.Policy memory policy) private pure returns (bool) {
        uint256 flags = policy.flags;
        uint256 limitType = SpecReader.limitTypeOf(flags);
        if (flags >> 6 != 0 || limitType > SpecReader.ALLOWANCE) return false;
        if (flags & SpecReader.HAS_VALUE == 0 && limitType != SpecReader.UNLIMITED) return false;
        if (limitType == SpecReader.ALLOWANCE && policy.valuePeriod == 0) return false;
        if (flags & SpecReader.HAS_COUNT == 0) {
            if (flags & SpecReader.COUNT_PER_PERIOD != 0) return false;
        } else {
            if (policy.maxUses == 0) return false;
            if (flags & SpecReader.COUNT_PER_PERIOD != 0 && policy.usePeriod == 0) return false;
        }
        return flags & SpecReader.IS_CALL != 0 || policy.constraintCount == 0;
    }

    /// @dev Cells of the value limit and the use count of policy `i`.
    function _policyCells(SpecReader.Policy memory policy, uint256 i) private pure returns (uint256 cells) {
        if (SpecReader.limitTypeOf(policy.flags) != SpecReader.UNLIMITED) ++cells;
        bool standsInWord0 = i == 0 && policy.flags & SpecReader.COUNT_PER_PERIOD == 0;
        if (policy.flags & SpecReader.HAS_COUNT != 0 && !standsInWord0) ++cells;
    }

    /// @return The next free cell.
    function _parseConstraints(SpecReader.Policy memory policy, uint256 cell, uint256 start)
        private
        pure
        returns (uint256)
    {
        uint256 p = policy.constraints;
        for (uint256 i; i < policy.constraintCount; ++i) {
            SpecReader.Constraint memory c = SpecReader.constraint(p);
            if (c.end > policy.end || !_isConstraint(c, p)) revert SessionErrors.InvalidSpec(p - start);
            if (SpecReader.limitTypeOf(c.head) != SpecReader.UNLIMITED) ++cell;
            p = c.end;
        }
        if (p != policy.end) revert SessionErrors.InvalidSpec(p - start);
        return cell;
    }

    function _isConstraint(SpecReader.Constraint memory c, uint256 p) private pure returns (bool) {
        uint256 condition = c.head & 7;
        uint256 limitType = SpecReader.limitTypeOf(c.head);
        if (c.head >> 6 != 0 || condition > 6 || limitType > SpecReader.ALLOWANCE) return false;
        if (limitType == SpecReader.ALLOWANCE && c.period == 0) return false;
        if (c.head & SpecReader.HAS_REF == 0) return true;
        uint256 length = SpecReader.read(p + 2, 1);
        // No leading zero byte, so that a value has one form.
        return condition != 0 && length != 0 && length <= 32 && c.ref >> ((length - 1) << 3) != 0;
    }
}
