// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionViews} from "../src/session/SessionViews.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

contract SessionStateTest is SessionWallet {
    uint256 internal constant NO_LIMIT = type(uint256).max;

    function test_saysNone_whenThereIsNoSession() public {
        spec = SpecBuilder.pack(paySpec(SpecBuilder.unlimited()));
        assertEq(state().status, 0);
        assertEq(state().policies.length, 0);
        assertEq(sessions.sessionStatus(address(account), keccak256(spec)), 0);
    }

    function test_saysClosed_whenRevoked() public {
        bytes32 id = create(paySpec(SpecBuilder.unlimited()));
        vm.prank(address(account));
        sessions.revokeSession(id);
        assertEq(state().status, 2);
    }

    function test_saysActive_whenCreatedInALaterEpoch() public {
        bytes32 before = create(paySpec(SpecBuilder.unlimited()));
        vm.prank(address(account));
        account.endSessions();
        bytes32 id = create(paySpec(SpecBuilder.lifetime(5)));
        assertEq(sessions.sessionStatus(address(account), before), 2);
        assertEq(sessions.sessionStatus(address(account), id), 1);
        assertEq(state().status, 1);
    }

    /// @dev Every field of word 0 beside full neighbours.
    function test_keepsTheFieldsOfWordZeroApart_whenAllAreFull() public {
        // Any epoch of 30 bits: config of the account, bits 16 to 47.
        bytes32 config = 0x271c4ec484bd56e2fd23250a3f40474c1fa53c0ae4a127283b48c54c6b3d4300;
        vm.store(address(account), config, bytes32(uint256(2 ** 30 - 2) << 16));
        vm.prank(address(account));
        account.endSessions();
        SpecBuilder.Policy memory policy = SpecBuilder.transferPolicy(shop, 1, SpecBuilder.lifetime(type(uint96).max));
        policy.maxUses = type(uint16).max;
        SpecBuilder.Spec memory s = specOf(policy);
        s.feeLimit = type(uint80).max;
        create(s);
        bytes32 slot = keccak256(abi.encode(account, keccak256(abi.encode(keccak256(spec), uint256(0)))));
        uint256 word = uint256(vm.load(address(sessions), slot));
        assertEq(word, 1 << 254 | uint256(2 ** 30 - 1) << 224, "active, the last epoch, nothing used");
        // What is used of it is odd.
        uint256 fee = 4_050_000 gwei + 2;
        word |= (type(uint80).max - fee) << 144 | uint256(type(uint16).max - 1) << 128 | (type(uint96).max - 1);
        vm.store(address(sessions), slot, bytes32(word));
        assertEq(state().feeLeft, fee);
        assertEq(state().policies[0].usesLeft, 1);
        assertEq(state().policies[0].valueLeft, 1);
        PackedUserOperation memory o = nativeOp(shop, 1);
        handle(o);
        word += (fee - 2) << 144 | 1 << 128 | 1;
        assertEq(uint256(vm.load(address(sessions), slot)), word);
        assertEq(state().status, 1);
        assertEq(state().feeLeft, 2);
        assertEq(state().policies[0].usesLeft, 0);
        assertEq(state().policies[0].valueLeft, 0);
    }

    function test_leavesATombstone_thatSaysClosedAndNothingElse() public {
        bytes32 id = create(paySpec(SpecBuilder.lifetime(5)));
        handle(payOp(1));
        vm.prank(address(account));
        sessions.revokeSession(id);
        bytes32 slot = keccak256(abi.encode(account, keccak256(abi.encode(id, uint256(0)))));
        assertEq(uint256(vm.load(address(sessions), slot)), 2 << 254);
    }

    function test_saysWhatIsLeft_ofEveryKindOfLimit() public {
        SpecBuilder.Policy memory a = SpecBuilder.transferPolicy(shop, 9, SpecBuilder.unlimited());
        a.maxUses = 3;
        SpecBuilder.Policy memory b = payPolicy();
        SpecBuilder.withConstraint(b, 0, 1, 0, SpecBuilder.allowance(60, 1 days));
        create(two(a, b));
        SessionViews.SessionState memory s = state();
        assertEq(s.status, 1);
        assertEq(s.feeLeft, 1 ether);
        assertEq(s.feePeriodEnd, 0);
        assertEq(s.policies[0].usesLeft, 3);
        assertEq(s.policies[0].valueLeft, NO_LIMIT);
        assertEq(s.policies[1].usesLeft, NO_LIMIT);
        assertEq(s.policies[1].valueLeft, 0);
        assertEq(s.policies[1].constraints[0].left, 60);
        assertEq(s.policies[1].constraints[0].periodEnd, (START / 1 days + 1) * 1 days);

        handle(sessionOp(single(address(token), 0, payData(50)), hex"01"));
        assertEq(state().policies[1].constraints[0].left, 10);
        vm.warp(START + 1 days);
        assertEq(state().policies[1].constraints[0].left, 60);
        assertEq(state().policies[1].constraints[0].periodEnd, (START / 1 days + 2) * 1 days);
    }

    function test_saysWhenTheFeeStartsAnew_whenAllowance() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.feePeriod = 3600;
        create(s);
        handle(payOp(1));
        assertEq(state().feeLeft, 1 ether - 4_050_000 gwei);
        assertEq(state().feePeriodEnd, (START / 3600 + 1) * 3600);
        vm.warp(START + 3600);
        assertEq(state().feeLeft, 1 ether);
    }
}
