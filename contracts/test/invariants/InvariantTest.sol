// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Test} from "forge-std/Test.sol";

/// @title A campaign's contract
///
/// @dev Beside the random runs each has one that is always the same, of which it asks that every kind of thing happened:
/// invariants of a handler to which nothing ever succeeds would hold for nothing.
abstract contract InvariantTest is Test {
    uint256 private constant ARGUMENTS = 4;

    /// @dev One sender: forge gives senders ETH, and might take an account for one.
    function _target(address handler, bytes4[] memory actions) internal {
        targetSender(makeAddr("sender"));
        targetContract(handler);
        targetSelector(FuzzSelector(handler, actions));
    }

    /// @dev Takes `steps` steps with any arguments.
    function _drive(address handler, bytes4[] memory actions, uint256 steps) internal {
        for (uint256 i; i < steps; ++i) {
            bytes4 action = actions[uint256(keccak256(abi.encode(i))) % actions.length];
            assertTrue(_step(handler, action, i), "an action reverted");
        }
    }

    /// @dev Where a bool is expected a bool must come: the positions at which one stands are tried in turn.
    function _step(address handler, bytes4 action, uint256 i) private returns (bool done) {
        uint8[6] memory bools = [0, 1, 2, 4, 8, 6];
        for (uint256 n; n < bools.length && !done; ++n) {
            uint256[ARGUMENTS] memory arguments;
            for (uint256 k; k < ARGUMENTS; ++k) {
                arguments[k] = uint256(keccak256(abi.encode(i, k)));
                if (bools[n] & (1 << k) != 0) arguments[k] %= 2;
            }
            (done,) = handler.call(abi.encodePacked(action, abi.encode(arguments)));
        }
    }
}
