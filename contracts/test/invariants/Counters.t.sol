// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {InvariantTest} from "./InvariantTest.sol";
import {TwinHandler} from "./TwinHandler.sol";

/// @dev Counters and nonces; the promises P5 and P12 as far as they are the contracts'.
contract CountersInvariants is InvariantTest {
    TwinHandler internal handler;

    function setUp() public {
        handler = new TwinHandler();
        handler.setUp();
        _target(address(handler), handler.actions());
    }

    function invariant_batch_equalsTheSequenceOfItsCalls() public view {
        assertEq(handler.disagreements(), 0);
        assertTrue(handler.areTwinsAlike());
    }

    function invariant_counters_areWhatWasUsed_andWithinTheirLimits() public view {
        assertTrue(handler.areCountersAsInTheBooks());
        assertTrue(handler.areLimitsKept());
    }

    function invariant_counters_neverGoBack() public view {
        assertEq(handler.wentBack(), 0);
    }

    function invariant_operation_runsOnceOnOneAccount() public view {
        assertEq(handler.replays(), 0);
        assertTrue(handler.areNoncesAsInTheBooks());
    }

    function afterInvariant() public view {
        assertGt(handler.accepted() + handler.refused(), 0);
    }

    function test_twinsTakeAndRefuseBatches_whenDriven() public {
        _drive(address(handler), handler.actions(), 200);
        assertGt(handler.agreedOn(), 3);
        assertGt(handler.agreedAgainst(), 3);
    }
}
