// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {WebAuthnValidator} from "../src/account/WebAuthnValidator.sol";
import {GuardianExecutor} from "../src/guardian/GuardianExecutor.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

contract GuardianTest is SessionWallet {
    address internal friend = makeAddr("friend");
    uint256 internal constant NEXT = 0x4e57;
    bytes32[] internal removed;

    function setUp() public override {
        super.setUp();
        vm.prank(address(account));
        guardian.proposeGuardian(friend);
        vm.prank(friend);
        guardian.acceptGuardian(address(account));
        removed.push(keyIdOf(PASSKEY, ORIGIN));
    }

    function test_replacesPasskeysAndEndsSessions_whenFinishedInTime() public {
        bytes32 id = create(paySpec(SpecBuilder.unlimited()));
        _initialize();
        vm.warp(START + 24 hours + 1);
        _finalize();
        assertTrue(account.isPasskey(keyIdOf(NEXT, ORIGIN)));
        assertFalse(account.isPasskey(keyIdOf(PASSKEY, ORIGIN)));
        assertEq(account.passkeyCount(), 1);
        assertEq(sessions.sessionStatus(address(account), id), 2);
        _finalizeFails(abi.encodeWithSelector(GuardianExecutor.NoRecovery.selector, account, friend));
    }

    function test_passesOverPasskeys_thatTheOwnerRemovedMeanwhile() public {
        (bytes32 x, bytes32 y) = publicKey(0xbee);
        vm.prank(address(account));
        account.addPasskey(x, y, "second", ORIGIN);
        removed.push(keyIdOf(0xbee, ORIGIN));
        _initialize();
        vm.prank(address(account));
        account.removePasskey(keyIdOf(0xbee, ORIGIN));
        vm.warp(START + 25 hours);
        _finalize();
        assertTrue(account.isPasskey(keyIdOf(NEXT, ORIGIN)));
        assertFalse(account.isPasskey(keyIdOf(PASSKEY, ORIGIN)));
        assertEq(account.passkeyCount(), 1);
        assertEq(account.sessionEpoch(), 1);
    }

    function test_stillRemovesAndEndsSessions_whenTheNewPasskeyIsThereAlready() public {
        _initialize();
        (bytes32 x, bytes32 y) = publicKey(NEXT);
        vm.prank(address(account));
        account.addPasskey(x, y, "next", ORIGIN);
        vm.warp(START + 25 hours);
        _finalize();
        assertTrue(account.isPasskey(keyIdOf(NEXT, ORIGIN)));
        assertFalse(account.isPasskey(keyIdOf(PASSKEY, ORIGIN)));
        assertEq(account.passkeyCount(), 1);
        assertEq(account.sessionEpoch(), 1);
    }

    function test_neverLeavesTheAccountWithoutPasskey_whenTheNewOneIsListedForRemoval() public {
        removed.push(keyIdOf(NEXT, ORIGIN));
        _initialize();
        vm.warp(START + 25 hours);
        (bytes32 x, bytes32 y) = publicKey(NEXT);
        vm.prank(friend);
        vm.expectRevert(WebAuthnValidator.LastPasskey.selector);
        guardian.finalizeRecovery(address(account), x, y, "next", ORIGIN, removed);
    }

    /// @dev Who waited for the first recovery had no passkey to discard the second with.
    function test_voidsOtherGuardiansRecoveries_whenOneIsFinished() public {
        address other = makeAddr("other guardian");
        vm.prank(address(account));
        guardian.proposeGuardian(other);
        vm.prank(other);
        guardian.acceptGuardian(address(account));
        _initialize();
        bytes32[] memory none = new bytes32[](0);
        (bytes32 x, bytes32 y) = publicKey(0xbad);
        vm.prank(other);
        guardian.initializeRecovery(address(account), x, y, "bad", ORIGIN, none);
        vm.warp(START + 25 hours);
        (, uint256 startedAt) = guardian.pendingRecovery(address(account), other);
        assertEq(startedAt, START);
        _finalize();

        bytes32 recovery;
        (recovery, startedAt) = guardian.pendingRecovery(address(account), other);
        assertEq(recovery, 0);
        assertEq(startedAt, 0);
        bytes memory reason = abi.encodeWithSelector(GuardianExecutor.NoRecovery.selector, account, other);
        vm.prank(address(account));
        vm.expectRevert(reason);
        guardian.discardRecovery(other);
        vm.startPrank(other);
        vm.expectRevert(reason);
        guardian.finalizeRecovery(address(account), x, y, "bad", ORIGIN, none);

        // Announced anew it waits anew.
        guardian.initializeRecovery(address(account), x, y, "bad", ORIGIN, none);
        vm.expectRevert(
            abi.encodeWithSelector(GuardianExecutor.RecoveryTimestampInvalid.selector, START + 25 hours)
        );
        guardian.finalizeRecovery(address(account), x, y, "bad", ORIGIN, none);
        vm.stopPrank();
        vm.prank(address(account));
        guardian.discardRecovery(other);
    }

    function test_fails_whenTheModuleIsUninstalled_whateverItThinks() public {
        vm.prank(address(account));
        account.uninstallModule(2, address(guardian), "");
        vm.prank(address(guardian));
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, guardian));
        account.recover(0, 0, "", "", removed);
    }

    function test_fails_whenTooEarlyOrTooLate() public {
        _initialize();
        bytes memory reason = abi.encodeWithSelector(GuardianExecutor.RecoveryTimestampInvalid.selector, START);
        vm.warp(START + 24 hours);
        _finalizeFails(reason);
        vm.warp(START + 72 hours);
        _finalizeFails(reason);
        vm.warp(START + 72 hours - 1);
        _finalize();
    }

    function test_fails_whenArgumentsDiffer() public {
        _initialize();
        vm.warp(START + 25 hours);
        removed.pop();
        _finalizeFails(abi.encodeWithSelector(GuardianExecutor.NoRecovery.selector, account, friend));
    }

    function test_blocksTheGuardian_whenTheOwnerDiscards() public {
        _initialize();
        vm.prank(address(account));
        guardian.discardRecovery(friend);
        vm.warp(START + 72 hours - 1);
        _initializeFails(abi.encodeWithSelector(GuardianExecutor.RecoveryBlocked.selector, START + 72 hours));
        vm.warp(START + 72 hours);
        _initialize();
    }

    function test_blocks_whileOneIsPending() public {
        _initialize();
        vm.warp(START + 71 hours);
        _initializeFails(abi.encodeWithSelector(GuardianExecutor.RecoveryBlocked.selector, START + 72 hours));
        vm.warp(START + 72 hours);
        _initialize();
    }

    function test_endsGuardians_whenModuleIsUninstalled() public {
        _initialize();
        vm.startPrank(address(account));
        account.uninstallModule(2, address(guardian), "");
        account.installModule(2, address(guardian), "");
        vm.stopPrank();
        assertEq(guardian.guardianStatus(address(account), friend), 0);
        vm.warp(START + 25 hours);
        _finalizeFails(_status(0));
    }

    function test_fails_whenGuardianWasRemovedOrNeverAccepted() public {
        _initialize();
        vm.startPrank(address(account));
        guardian.removeGuardian(friend);
        guardian.proposeGuardian(friend);
        vm.stopPrank();
        vm.warp(START + 25 hours);
        _finalizeFails(_status(1));
        _initializeFails(_status(1));
        vm.prank(friend);
        guardian.acceptGuardian(address(account));
        _finalizeFails(abi.encodeWithSelector(GuardianExecutor.NoRecovery.selector, account, friend));
    }

    function test_refusesStrangers() public {
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.recover(0, 0, "", "", removed);
        vm.expectPartialRevert(GuardianExecutor.GuardianStatusInvalid.selector);
        guardian.acceptGuardian(address(account));
        vm.expectPartialRevert(GuardianExecutor.GuardianStatusInvalid.selector);
        guardian.initializeRecovery(address(account), 0, 0, "", "", removed);
        vm.expectPartialRevert(GuardianExecutor.GuardianStatusInvalid.selector);
        guardian.removeGuardian(friend);
        vm.expectRevert(abi.encodeWithSelector(GuardianExecutor.NoRecovery.selector, address(this), friend));
        guardian.discardRecovery(friend);
        vm.expectRevert(abi.encodeWithSelector(GuardianExecutor.InvalidGuardian.selector, address(0)));
        guardian.proposeGuardian(address(0));
        vm.expectRevert(abi.encodeWithSelector(GuardianExecutor.InvalidGuardian.selector, address(this)));
        guardian.proposeGuardian(address(this));
    }

    function _initialize() private {
        (bytes32 x, bytes32 y) = publicKey(NEXT);
        vm.prank(friend);
        guardian.initializeRecovery(address(account), x, y, "next", ORIGIN, removed);
    }

    function _initializeFails(bytes memory reason) private {
        (bytes32 x, bytes32 y) = publicKey(NEXT);
        vm.prank(friend);
        vm.expectRevert(reason);
        guardian.initializeRecovery(address(account), x, y, "next", ORIGIN, removed);
    }

    function _finalize() private {
        (bytes32 x, bytes32 y) = publicKey(NEXT);
        vm.prank(friend);
        guardian.finalizeRecovery(address(account), x, y, "next", ORIGIN, removed);
    }

    function _finalizeFails(bytes memory reason) private {
        (bytes32 x, bytes32 y) = publicKey(NEXT);
        vm.prank(friend);
        vm.expectRevert(reason);
        guardian.finalizeRecovery(address(account), x, y, "next", ORIGIN, removed);
    }

    function _status(uint8 status) private view returns (bytes memory) {
        return abi.encodeWithSelector(GuardianExecutor.GuardianStatusInvalid.selector, account, friend, status);
    }
}
