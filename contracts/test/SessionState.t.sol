// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

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
