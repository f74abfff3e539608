// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {InvariantTest} from "./InvariantTest.sol";
import {ModulesHandler} from "./ModulesHandler.sol";

/// @dev The promise P2: sessions and modules never gain the owner's powers, whatever is installed later.
contract NoEscalationInvariants is InvariantTest {
    ModulesHandler internal handler;

    function setUp() public {
        handler = new ModulesHandler();
        handler.setUp();
        _target(address(handler), handler.actions());
    }

    function invariant_modules_areThoseThatTheOwnerInstalled() public view {
        assertTrue(handler.isAccountAsInTheBooks());
        assertEq(handler.wrongInstalls(), 0);
    }

    function invariant_passkeysAndImplementation_changeOnlyByTheOwner() public view {
        assertTrue(handler.isOwnershipAsInTheBooks());
        assertEq(handler.escalations(), 0);
        assertEq(handler.gains(), 0);
    }

    function invariant_bannedTargets_areNeverCalled() public view {
        assertEq(handler.bannedCalls(), 0);
    }

    function invariant_modules_actOnlyWhileTheyAreInstalled() public view {
        assertEq(handler.actsWithoutInstallation(), 0);
    }

    function invariant_sessionsGuardiansAndStake_areTheOwnersToGive() public view {
        assertEq(handler.strayGrants(), 0);
    }

    function afterInvariant() public {
        assertTrue(handler.works(), "a session that the owner approves now");
    }

    function test_ownerSessionsAndModulesDoTheirWork_whenDriven() public {
        _drive(address(handler), handler.actions(), 2000);
        assertGt(handler.installs(), 3);
        assertGt(handler.acts(), 3);
        assertGt(handler.sessionCalls(), 5);
        assertGt(handler.refused(), 50);
    }
}
