// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {InvariantTest} from "./InvariantTest.sol";
import {PasskeysHandler} from "./PasskeysHandler.sol";

/// @dev The promise P7, and who may change whose account it is.
contract PasskeysInvariants is InvariantTest {
    PasskeysHandler internal handler;

    function setUp() public {
        handler = new PasskeysHandler();
        handler.setUp();
        _target(address(handler), handler.actions());
    }

    function invariant_account_alwaysHasAPasskey() public view {
        assertGe(handler.owners(), 1);
        assertEq(handler.storedOwners(), handler.owners());
    }

    function invariant_passkeys_areThoseOfTheOwnerOrAGuardian() public view {
        assertTrue(handler.arePasskeysAsInTheBooks());
        assertEq(handler.wrongChanges(), 0);
    }

    function invariant_operations_areOfTheAccountsPasskeys() public view {
        assertEq(handler.strangersOperated(), 0);
        assertEq(handler.ownersRefused(), 0);
    }

    function invariant_recoveries_keepDelayEndAndPause() public view {
        assertEq(handler.wrongRecoveries(), 0);
        assertEq(handler.storedEpoch(), handler.epoch());
    }

    function afterInvariant() public {
        assertTrue(handler.works(), "a passkey of the account");
    }

    function test_ownersAndGuardiansDoTheirWork_whenDriven() public {
        _drive(address(handler), handler.actions(), 1000);
        assertGt(handler.additions(), 2);
        assertGt(handler.removals(), 2);
        assertGt(handler.recoveries(), 0);
        assertGt(handler.discards(), 0);
        assertGt(handler.refused(), 50);
    }
}
