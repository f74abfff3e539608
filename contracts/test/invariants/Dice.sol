// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Many choices out of one fuzzed number
library Dice {
    struct State {
        uint256 seed;
    }

    /// @return Below `sides`.
    function roll(State memory dice, uint256 sides) internal pure returns (uint256) {
        dice.seed = uint256(keccak256(abi.encode(dice.seed)));
        return dice.seed % sides;
    }

    /// @return Any amount up to `limit`, often an edge: 0, 1, the limit, one more, far more.
    function amount(State memory dice, uint256 limit) internal pure returns (uint256) {
        uint256 kind = roll(dice, 10);
        if (kind == 0) return 0;
        if (kind == 1) return limit;
        if (kind == 2) return limit + 1;
        if (kind == 3) return type(uint256).max - roll(dice, 2) * limit;
        if (kind == 4) return 1;
        return roll(dice, limit + 1);
    }
}
