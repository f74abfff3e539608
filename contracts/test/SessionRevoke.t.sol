// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionKeyValidator} from "../src/session/SessionKeyValidator.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

contract SessionRevokeTest is SessionWallet {
    bytes internal inactive = abi.encodeWithSelector(SessionErrors.SessionNotActive.selector);
    bytes32 internal id;

    function setUp() public override {
        super.setUp();
        id = create(paySpec(SpecBuilder.lifetime(100)));
    }

    function test_emitsAndCloses_whenRevoked() public {
        handle(payOp(1));
        vm.expectEmit(address(sessions));
        emit SessionKeyValidator.SessionRevoked(address(account), id);
        ownerCall(address(sessions), abi.encodeCall(SessionKeyValidator.revokeSession, (id)));
        assertEq(sessions.sessionStatus(address(account), id), 2);
        handleFails(payOp(1), inactive);
    }

    function test_neverComesBack_whenRevoked() public {
        vm.startPrank(address(account));
        sessions.revokeSession(id);
        vm.expectRevert(abi.encodeWithSelector(SessionErrors.SessionAlreadyExists.selector, id));
        sessions.createSession(spec);
        sessions.revokeSession(id);
        vm.stopPrank();
        assertEq(sessions.sessionStatus(address(account), id), 2);
    }

    function test_reverts_whenThereIsNoSuchSession() public {
        vm.startPrank(address(account));
        vm.expectRevert(inactive);
        sessions.revokeSession(bytes32(uint256(1)));
    }

    function test_touchesOnlyTheCallersSessions_whenAnotherRevokes() public {
        vm.expectRevert(inactive);
        sessions.revokeSession(id);
        handle(payOp(1));
    }

    function test_closesAll_whenSeveralAreRevoked() public {
        bytes memory first = spec;
        bytes32 second = create(paySpec(SpecBuilder.lifetime(7)));
        bytes32[] memory ids = new bytes32[](3);
        (ids[0], ids[1], ids[2]) = (id, second, id);
        ownerCall(address(sessions), abi.encodeCall(SessionKeyValidator.revokeSessions, (ids)));
        handleFails(payOp(1), inactive);
        spec = first;
        handleFails(payOp(1), inactive);
    }

    function test_endsAll_whenTheEpochMoves() public {
        handle(ownerOp(abi.encodeCall(SsoAccount.endSessions, ())));
        assertEq(account.sessionEpoch(), 1);
        assertEq(sessions.sessionStatus(address(account), id), 2);
        handleFails(payOp(1), inactive);
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(SessionErrors.SessionAlreadyExists.selector, id));
        sessions.createSession(spec);
        create(paySpec(SpecBuilder.lifetime(7)));
        handle(payOp(1));
    }

    function test_staysDead_whenModuleIsUninstalledAndInstalledAgain() public {
        handle(ownerOp(abi.encodeCall(SsoAccount.uninstallModule, (1, address(sessions), ""))));
        handleFails(payOp(1), abi.encodeWithSelector(SsoAccount.ValidatorNotInstalled.selector, sessions));
        bytes memory packed = SpecBuilder.pack(paySpec(SpecBuilder.lifetime(7)));
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.ValidatorNotInstalled.selector, sessions));
        sessions.createSession(packed);

        handle(ownerOp(abi.encodeCall(SsoAccount.installModule, (1, address(sessions), ""))));
        assertEq(account.sessionEpoch(), 2);
        handleFails(payOp(1), inactive);
        create(paySpec(SpecBuilder.lifetime(7)));
        handle(payOp(1));
    }

    function test_staysDead_whenUpgraded() public {
        SsoAccount next = deployImplementation();
        handle(ownerOp(abi.encodeCall(SsoAccount.upgradeToAndCall, (address(next), ""))));
        handleFails(payOp(1), inactive);
        address old = address(factory.implementation());
        handle(ownerOp(abi.encodeCall(SsoAccount.upgradeToAndCall, (old, ""))));
        handleFails(payOp(1), inactive);
    }

    function test_closesItself_whenItAsks() public {
        PackedUserOperation memory o = _close(id, 0);
        vm.expectEmit(address(sessions));
        emit SessionKeyValidator.SessionRevoked(address(account), id);
        handle(o);
        handleFails(payOp(1), inactive);
    }

    function test_closesNothingElse_whenItAsks() public {
        bytes memory mine = spec;
        bytes32 other = create(paySpec(SpecBuilder.lifetime(7)));
        spec = mine;
        bytes4 selector = SessionKeyValidator.revokeSession.selector;
        handleFails(
            _close(other, 0),
            abi.encodeWithSelector(SessionErrors.CallPolicyViolated.selector, sessions, selector)
        );
        bytes memory banned = abi.encodeWithSelector(SsoAccount.TargetBanned.selector, sessions);
        handleFails(_close(id, 1), banned);
        bytes memory data = abi.encodePacked(abi.encodeCall(SessionKeyValidator.revokeSession, (id)), uint8(0));
        handleFails(sessionOp(single(address(sessions), 0, data), hex"00"), banned);
        bytes32[] memory ids = new bytes32[](1);
        ids[0] = id;
        data = abi.encodeCall(SessionKeyValidator.revokeSessions, (ids));
        handleFails(sessionOp(single(address(sessions), 0, data), hex"00"), banned);
        Call[] memory calls = new Call[](1);
        calls[0] = Call(address(sessions), 0, abi.encodeCall(SessionKeyValidator.revokeSession, (id)));
        handleFails(sessionOp(batch(calls), hex"00"), banned);
    }

    /// @dev The account refuses these before; the module does not rely on it.
    function test_closesNothingElse_evenIfTheAccountLetItThrough() public {
        bytes memory close = abi.encodeCall(SessionKeyValidator.revokeSession, (id));
        Call[] memory calls = new Call[](1);
        calls[0] = Call(address(sessions), 0, close);
        bytes[5] memory datas = [
            single(address(sessions), 1, close),
            single(address(sessions), 0, abi.encodePacked(close, uint8(0))),
            single(address(sessions), 0, abi.encodeCall(SessionKeyValidator.revokeSession, (~id))),
            single(address(sessions), 0, abi.encodeWithSelector(0x12345678, id)),
            batch(calls)
        ];
        for (uint256 i; i < datas.length; ++i) {
            PackedUserOperation memory o = sessionOp(datas[i], hex"00");
            vm.prank(address(account));
            vm.expectPartialRevert(SessionErrors.CallPolicyViolated.selector);
            sessions.validateSession(o, 0, 0);
        }
        PackedUserOperation memory good = sessionOp(single(address(sessions), 0, close), hex"00");
        vm.prank(address(account));
        sessions.validateSession(good, 0, 0);
    }

    function test_paysTheFeeLimit_whenItClosesItself() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.feeLimit = 1;
        bytes32 poor = create(s);
        handleFails(
            _close(poor, 0), abi.encodeWithSelector(SessionErrors.LifetimeUsageExceeded.selector, 4_050_000 gwei, 1)
        );
    }

    function _close(bytes32 which, uint256 value) private view returns (PackedUserOperation memory) {
        bytes memory data = abi.encodeCall(SessionKeyValidator.revokeSession, (which));
        return sessionOp(single(address(sessions), value, data), hex"00");
    }
}
