// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {ClosingHandler} from "./ClosingHandler.sol";
import {InvariantTest} from "./InvariantTest.sol";

/// @dev The promise P3: after expiry, revocation, `endSessions`, re-installation, upgrade and recovery nothing.
contract ClosedSessionsInvariants is InvariantTest {
    ClosingHandler internal handler;

    function setUp() public {
        handler = new ClosingHandler();
        handler.setUp();
        _target(address(handler), handler.actions());
    }

    function invariant_endedSessions_neverAct() public view {
        assertEq(handler.deadActed(), 0);
    }

    function invariant_liveSessions_act() public view {
        assertEq(handler.liveRefused(), 0);
    }

    function invariant_closedSessions_neverComeBack() public view {
        assertTrue(handler.areWordsAsInTheBooks());
        assertEq(handler.cameBack(), 0);
    }

    function invariant_epoch_movesWithEveryEnd_andNeverBack() public view {
        assertEq(handler.storedEpoch(), handler.epoch());
    }

    function invariant_sessions_areClosedByTheOwnerOrThemselves() public view {
        assertEq(handler.endedOthers(), 0);
    }

    function afterInvariant() public {
        assertTrue(handler.works(), "a session that the owner approves now");
    }

    function test_sessionsLiveAndEndInEveryWay_whenDriven() public {
        _drive(address(handler), handler.actions(), 600);
        assertGt(handler.uses(), 10);
        assertGt(handler.refusedAfterTheEnd(), 10);
        assertGt(handler.revocations(), 5);
        assertGt(handler.selfClosures(), 0);
        assertGt(handler.recoveries(), 5);
        assertGt(handler.epoch(), 20);
    }
}
