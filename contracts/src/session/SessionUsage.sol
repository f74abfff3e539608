// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionErrors} from "./SessionErrors.sol";

/// @title Usage counters of one session during one operation
///
/// @notice Word 0 is read once, charged in memory and written once; it alone serves sessions of one limit. Further words
/// are charged in storage at once. Either way a later call of a batch sees what an earlier one used, so that a batch
/// equals the sequence of its calls, and a refusal undoes everything.
///
/// @dev Sums are unchecked: what is added has passed its limit, and limits are narrower than their fields.
/// @dev Layout: contracts/README.md, "Cells". Mirrors `chargeUsageLimit` in `lib/policy/usageLimit.ts`.
library SessionUsage {
    uint256 internal constant STATUS_ACTIVE = 1;
    uint256 internal constant STATUS_CLOSED = 2;

    uint256 private constant STATUS_SHIFT = 254;
    uint256 private constant EPOCH_SHIFT = 224;
    uint256 private constant EPOCH_MASK = (1 << 30) - 1;
    uint256 private constant FEE_SHIFT = 144;
    uint256 private constant FEE_MASK = (1 << 80) - 1;
    uint256 private constant USES_SHIFT = 128;
    uint256 private constant USES_MASK = (1 << 16) - 1;
    uint256 private constant CELL_MASK = (1 << 128) - 1;
    uint256 private constant PID_SHIFT = 96;
    uint256 private constant ALLOWANCE_MASK = (1 << 96) - 1;
    uint256 private constant MAX_PID = (1 << 32) - 1;

    /// @dev Offsets are of calldata.
    struct Run {
        bytes32 id;
        uint256 signature;
        uint256 spec;
        uint256 slot; // of word 0
        uint256 word0; // as charged so far
        uint256 time; // the operation's time hint, unix seconds
        uint256 validAfter;
        uint256 validUntil;
    }

    /// @notice First word of a session.
    function word0(uint256 status, uint256 epoch) internal pure returns (uint256) {
        return status << STATUS_SHIFT | epoch << EPOCH_SHIFT;
    }

    /// @notice Status in word 0.
    function statusOf(uint256 word) internal pure returns (uint256) {
        return word >> STATUS_SHIFT;
    }

    /// @notice Session epoch in word 0.
    function epochOf(uint256 word) internal pure returns (uint256) {
        return (word >> EPOCH_SHIFT) & EPOCH_MASK;
    }

    /// @notice Status and epoch in word 0, together.
    function statusAndEpochOf(uint256 word) internal pure returns (uint256) {
        return word >> EPOCH_SHIFT;
    }

    /// @notice What `statusAndEpochOf` is of a session that is active in `epoch`.
    function activeIn(uint256 epoch) internal pure returns (uint256) {
        return STATUS_ACTIVE << 30 | epoch;
    }

    /// @notice Lifetime fee used, in word 0.
    function feeUsedOf(uint256 word) internal pure returns (uint256) {
        return (word >> FEE_SHIFT) & FEE_MASK;
    }

    /// @notice Lifetime uses of policy 0, in word 0.
    function usesOf(uint256 word) internal pure returns (uint256) {
        return (word >> USES_SHIFT) & USES_MASK;
    }

    /// @notice The word at a storage slot.
    function load(uint256 slot) internal view returns (uint256 word) {
        assembly ("memory-safe") {
            word := sload(slot)
        }
    }

    /// @notice Writes what is still in memory.
    function commit(Run memory run) internal {
        _store(run.slot, run.word0);
    }

    /// @notice Charges the lifetime fee limit, in wei.
    function chargeFee(Run memory run, uint256 limit, uint256 fee) internal pure {
        unchecked {
            uint256 word = run.word0;
            _checkLifetime(limit, feeUsedOf(word), fee);
            run.word0 = word + (fee << FEE_SHIFT);
        }
    }

    /// @notice Charges one use of policy 0 against its lifetime count.
    function chargeUse(Run memory run, uint256 limit) internal pure {
        unchecked {
            uint256 word = run.word0;
            _checkLifetime(limit, usesOf(word), 1);
            run.word0 = word + (1 << USES_SHIFT);
        }
    }

    /// @notice Charges a lifetime limit (at most 2¹²⁸ − 1) kept in a cell.
    function chargeLifetime(Run memory run, uint256 cell, uint256 limit, uint256 amount) internal {
        unchecked {
            uint256 word = _wordOf(run, cell);
            _checkLifetime(limit, cellOf(word, cell), amount);
            _setWordOf(run, cell, word + (amount << _shiftOf(cell)));
        }
    }

    /// @notice Charges an allowance (at most 2⁹⁶ − 1 a period of `period` seconds) kept in a cell, and narrows the
    /// operation's validity to the period.
    function chargeAllowance(Run memory run, uint256 cell, uint256 limit, uint256 period, uint256 amount) internal {
        unchecked {
            uint256 pid = run.time / period;
            if (pid > MAX_PID) revert SessionErrors.EmptyTimeRange();
            uint256 word = _wordOf(run, cell);
            uint256 value = cellOf(word, cell);
            uint256 stored = value >> PID_SHIFT;
            if (pid < stored) revert SessionErrors.PeriodElapsed(uint64(stored), uint64(pid));
            uint256 used = pid == stored ? value & ALLOWANCE_MASK : 0;
            if (amount > limit || used > limit - amount) {
                revert SessionErrors.AllowanceExceeded(amount, limit - used, uint64(pid));
            }
            // The cell's old value gives way to the new one.
            uint256 next = pid << PID_SHIFT | (used + amount);
            _setWordOf(run, cell, word ^ ((value ^ next) << _shiftOf(cell)));
            _narrow(run, pid, period);
        }
    }

    /// @notice What is left of an allowance at `time`, and when its period ends.
    function allowanceLeft(uint256 cellValue, uint256 limit, uint256 period, uint256 time)
        internal
        pure
        returns (uint256 left, uint48 periodEnd)
    {
        uint256 pid = time / period;
        left = cellValue >> PID_SHIFT == pid ? limit - (cellValue & ALLOWANCE_MASK) : limit;
        periodEnd = uint48((pid + 1) * period);
    }

    /// @notice Word that holds cell `c`.
    function wordOfCell(uint256 c) internal pure returns (uint256) {
        unchecked {
            return (c + 1) >> 1;
        }
    }

    /// @notice Cell `c` out of its word.
    function cellOf(uint256 word, uint256 c) internal pure returns (uint256) {
        return (word >> _shiftOf(c)) & CELL_MASK;
    }

    /// @dev The upper half if `c` is odd, the lower if even.
    function _shiftOf(uint256 c) private pure returns (uint256) {
        return (c & 1) << 7;
    }

    function _wordOf(Run memory run, uint256 c) private view returns (uint256) {
        unchecked {
            return c == 0 ? run.word0 : load(run.slot + wordOfCell(c));
        }
    }

    function _setWordOf(Run memory run, uint256 c, uint256 word) private {
        unchecked {
            if (c == 0) run.word0 = word;
            else _store(run.slot + wordOfCell(c), word);
        }
    }

    function _store(uint256 slot, uint256 word) private {
        assembly ("memory-safe") {
            sstore(slot, word)
        }
    }

    function _checkLifetime(uint256 limit, uint256 used, uint256 amount) private pure {
        unchecked {
            if (amount > limit || used > limit - amount) revert SessionErrors.LifetimeUsageExceeded(amount, limit - used);
        }
    }

    /// @dev `validAfter` is exclusive, `validUntil` inclusive.
    function _narrow(Run memory run, uint256 pid, uint256 period) private pure {
        unchecked {
            uint256 start = pid * period;
            if (start != 0 && start - 1 > run.validAfter) run.validAfter = start - 1;
            uint256 last = start + period - 1;
            if (last < run.validUntil) run.validUntil = last;
        }
    }
}
