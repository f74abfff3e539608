// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Test} from "forge-std/Test.sol";

/// @title A campaign's contract
///
/// @dev Beside the random runs each has one that is always the same, of which it asks that every kind of thing happened:
/// invariants of a handler to which nothing ever succeeds would hold for nothing.
abstract contract InvariantTest is Test {
    uint256 private constant ARGUMENTS = 6;

    /// @dev One sender: forge gives senders ETH, and might take an account for one.
    function _target(address handler, bytes4[] memory actions) internal {
        targetSender(makeAddr("sender"));
        targetContract(handler);
        targetSelector(FuzzSelector(handler, actions));
    }

    /// @dev Takes `steps` steps with any arguments.
    function _drive(address handler, bytes4[] memory actions, uint256 steps) internal {
        for (uint256 i; i < steps; ++i) {
            uint256[ARGUMENTS] memory arguments;
            for (uint256 k; k < ARGUMENTS; ++k) {
                arguments[k] = uint256(keccak256(abi.encode(i, k)));
            }
            bytes4 action = actions[arguments[0] % actions.length];
            // Where a bool is expected, a bool must come.
            (bool done,) = handler.call(abi.encodePacked(action, abi.encode(arguments)));
            if (!done) {
                for (uint256 k; k < ARGUMENTS; ++k) {
                    arguments[k] %= 2;
                }
                (done,) = handler.call(abi.encodePacked(action, abi.encode(arguments)));
            }
            assertTrue(done, "an action reverted");
        }
    }
}
