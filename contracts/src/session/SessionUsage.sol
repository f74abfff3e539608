// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionErrors} from "./SessionErrors.sol";

/// @title Usage counters of one session during one operation
///
/// @notice Words are read once, accumulate in memory and are written once, so that a batch equals the sequence of its
/// calls.
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

    /// @dev Word 0 and 128 words of two cells each.
    uint256 private constant WORDS = 129;

    struct Run {
        uint256 slot; // of word 0
        uint256 cache; // memory address of word 0; words that are not `known` are garbage
        uint256 known; // bit i: word i was read
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

    /// @notice Lifetime fee used, in word 0.
    function feeUsedOf(uint256 word) internal pure returns (uint256) {
        return (word >> FEE_SHIFT) & FEE_MASK;
    }

    /// @notice Lifetime uses of policy 0, in word 0.
    function usesOf(uint256 word) internal pure returns (uint256) {
        return (word >> USES_SHIFT) & USES_MASK;
    }

    /// @notice Starts a run. Nothing should be allocated after it: the cache is large, and paid as far as it is used.
    ///
    /// @param slot Storage slot of word 0.
    /// @param time The operation's time hint.
    /// @param validUntil End of validity, whatever is charged.
    function open(Run memory run, uint256 slot, uint256 time, uint256 validUntil) internal pure {
        uint256 cache;
        assembly ("memory-safe") {
            cache := mload(0x40)
            mstore(0x40, add(cache, shl(5, WORDS)))
        }
        run.slot = slot;
        run.cache = cache;
        run.time = time;
        run.validUntil = validUntil;
    }

    /// @notice Word `i`, as the run has it so far.
    function load(Run memory run, uint256 i) internal view returns (uint256 word) {
        unchecked {
            uint256 at = run.cache + (i << 5);
            uint256 bit = 1 << i;
            if (run.known & bit == 0) {
                run.known |= bit;
                uint256 slot = run.slot + i;
                assembly ("memory-safe") {
                    word := sload(slot)
                    mstore(at, word)
                }
            } else {
                assembly ("memory-safe") {
                    word := mload(at)
                }
            }
        }
    }

    /// @notice Writes what the run changed.
    function commit(Run memory run) internal {
        unchecked {
            uint256 known = run.known;
            for (uint256 i; known != 0; ++i) {
                if (known & 1 != 0) {
                    uint256 slot = run.slot + i;
                    uint256 at = run.cache + (i << 5);
                    assembly ("memory-safe") {
                        sstore(slot, mload(at))
                    }
                }
                known >>= 1;
            }
        }
    }

    /// @notice Charges the lifetime fee limit, in wei.
    function chargeFee(Run memory run, uint256 limit, uint256 fee) internal view {
        unchecked {
            uint256 word = load(run, 0);
            _checkLifetime(limit, feeUsedOf(word), fee);
            _store(run, 0, word + (fee << FEE_SHIFT));
        }
    }

    /// @notice Charges one use of policy 0 against its lifetime count.
    function chargeUse(Run memory run, uint256 limit) internal view {
        unchecked {
            uint256 word = load(run, 0);
            _checkLifetime(limit, usesOf(word), 1);
            _store(run, 0, word + (1 << USES_SHIFT));
        }
    }

    /// @notice Charges a lifetime limit (at most 2¹²⁸ − 1) kept in a cell.
    function chargeLifetime(Run memory run, uint256 cell, uint256 limit, uint256 amount) internal view {
        unchecked {
            uint256 used = _cell(run, cell);
            _checkLifetime(limit, used, amount);
            _setCell(run, cell, used + amount);
        }
    }

    /// @notice Charges an allowance (at most 2⁹⁶ − 1 a period of `period` seconds) kept in a cell, and narrows the
    /// operation's validity to the period.
    function chargeAllowance(Run memory run, uint256 cell, uint256 limit, uint256 period, uint256 amount)
        internal
        view
    {
        unchecked {
            uint256 pid = run.time / period;
            if (pid > MAX_PID) revert SessionErrors.EmptyTimeRange();
            uint256 value = _cell(run, cell);
            uint256 stored = value >> PID_SHIFT;
            if (pid < stored) revert SessionErrors.PeriodElapsed(uint64(stored), uint64(pid));
            uint256 used = pid == stored ? value & ALLOWANCE_MASK : 0;
            if (amount > limit || used > limit - amount) {
                revert SessionErrors.AllowanceExceeded(amount, limit - used, uint64(pid));
            }
            _setCell(run, cell, pid << PID_SHIFT | (used + amount));
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
        return (c + 1) >> 1;
    }

    /// @notice Cell `c` out of its word.
    function cellOf(uint256 word, uint256 c) internal pure returns (uint256) {
        return c & 1 != 0 ? word >> 128 : word & CELL_MASK;
    }

    function _cell(Run memory run, uint256 c) private view returns (uint256) {
        return cellOf(load(run, wordOfCell(c)), c);
    }

    /// @dev The cell's word was loaded, `value` fits.
    function _setCell(Run memory run, uint256 c, uint256 value) private view {
        uint256 i = wordOfCell(c);
        uint256 word = load(run, i);
        word = c & 1 != 0 ? (word & CELL_MASK) | value << 128 : (word & ~CELL_MASK) | value;
        _store(run, i, word);
    }

    function _store(Run memory run, uint256 i, uint256 word) private pure {
        uint256 at = run.cache + (i << 5);
        assembly ("memory-safe") {
            mstore(at, word)
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
