// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {IEntryPoint} from "@account-abstraction/interfaces/IEntryPoint.sol";
import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionKeyValidator} from "../src/session/SessionKeyValidator.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

/// @dev Operations of one account in one bundle: EntryPoint validates all, then executes all.
contract BundleTest is SessionWallet {
    bytes32 internal id;

    function setUp() public override {
        super.setUp();
        id = create(paySpec(SpecBuilder.lifetime(10)));
    }

    /// @dev What no contract can help: the use was validated while the session lived. It is charged all the same.
    function test_stillExecutesAUse_whenValidatedBesideItsRevocation() public {
        bytes memory revoke = abi.encodeCall(SessionKeyValidator.revokeSession, (id));
        _handleBoth(ownerOp(single(address(sessions), 0, revoke)), payOp(7));
        assertEq(token.balanceOf(shop), 7);
        assertEq(sessions.sessionStatus(address(account), id), 2);
        handleFails(payOp(1), abi.encodeWithSelector(SessionErrors.SessionNotActive.selector));
    }

    function test_chargesTogether_whenTwoLanesUseOneSession() public {
        _handleBoth(_inLane(1, 6), _inLane(2, 4));
        assertEq(token.balanceOf(shop), 10);
    }

    function test_refusesTheBundle_whenTwoLanesTogetherPassTheLimit() public {
        PackedUserOperation memory a = _inLane(1, 6);
        PackedUserOperation memory b = _inLane(2, 5);
        bytes memory inner = abi.encodeWithSelector(SessionErrors.LifetimeUsageExceeded.selector, 5, 4);
        vm.expectRevert(abi.encodeWithSelector(IEntryPoint.FailedOpWithRevert.selector, 1, "AA23 reverted", inner));
        _handleBoth(a, b);
    }

    function _inLane(uint192 lane, uint256 amount) private view returns (PackedUserOperation memory o) {
        o = op(sessionNonceKey() | lane, single(address(token), 0, payData(amount)));
        o.signature = signSession(o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
    }

    function _handleBoth(PackedUserOperation memory a, PackedUserOperation memory b) private {
        PackedUserOperation[] memory ops = new PackedUserOperation[](2);
        (ops[0], ops[1]) = (a, b);
        vm.prank(bundler, bundler);
        entryPoint.handleOps(ops, payable(bundler));
    }
}
