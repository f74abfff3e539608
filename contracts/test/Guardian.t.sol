// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SsoAccount} from "../src/account/SsoAccount.sol";
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
