// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

contract SessionLimitsTest is SessionWallet {
    uint32 internal constant DAY = 1 days;

    function test_holdsAtTheBoundary_whenLifetime() public {
        create(paySpec(SpecBuilder.lifetime(10)));
        handle(payOp(4));
        handleFails(payOp(7), _lifetime(7, 6));
        handle(payOp(6));
        handle(payOp(0));
        handleFails(payOp(1), _lifetime(1, 0));
        vm.warp(START + 3 days);
        handleFails(payOp(1), _lifetime(1, 0));
    }

    function test_startsAnew_whenAllowancePeriodEnds() public {
        create(paySpec(SpecBuilder.allowance(10, DAY)));
        handle(payOp(10));
        handleFails(payOp(1), _allowance(1, 0, block.timestamp / DAY));
        uint256 next = (block.timestamp / DAY + 1) * DAY;
        vm.warp(next - 1);
        handleFails(payOp(1), _allowance(1, 0, next / DAY - 1));
        vm.warp(next);
        handle(payOp(10));
        handleFails(payOp(1), _allowance(1, 0, next / DAY));
        assertEq(token.balanceOf(shop), 20);
    }

    function test_refusesOverflow_whenAmountIsHuge() public {
        create(paySpec(SpecBuilder.lifetime(type(uint128).max)));
        handle(payOp(1));
        handleFails(payOp(type(uint256).max), _lifetime(type(uint256).max, type(uint128).max - 1));
        handleFails(payOp(type(uint128).max), _lifetime(type(uint128).max, type(uint128).max - 1));
        handle(payOp(type(uint128).max - 1)); // reverts in the token, charged all the same
        assertEq(state().policies[0].constraints[1].left, 0);
    }

    function test_refusesOverflow_whenAllowanceIsAtItsWidth() public {
        create(paySpec(SpecBuilder.allowance(type(uint96).max, DAY)));
        handle(payOp(type(uint96).max));
        handleFails(payOp(1), _allowance(1, 0, block.timestamp / DAY));
        vm.warp(block.timestamp + DAY);
        handle(payOp(type(uint96).max));
    }

    function test_limitsValue_whenLifetimeAndAllowance() public {
        create(specOf(SpecBuilder.transferPolicy(shop, 10, SpecBuilder.lifetime(15))));
        handle(nativeOp(shop, 10));
        handleFails(nativeOp(shop, 6), _lifetime(6, 5));
        handle(nativeOp(shop, 5));

        create(specOf(SpecBuilder.transferPolicy(shop, 10, SpecBuilder.allowance(15, DAY))));
        handle(nativeOp(shop, 10));
        handleFails(nativeOp(shop, 6), _allowance(6, 5, block.timestamp / DAY));
        vm.warp(block.timestamp + DAY);
        handle(nativeOp(shop, 10));
    }

    function test_countsUses_inTotalForTheFirstPolicy() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.policies[0].maxUses = 2;
        create(s);
        handle(payOp(1));
        handle(payOp(1));
        handleFails(payOp(1), _lifetime(1, 0));
    }

    function test_countsUses_inTotalForALaterPolicy() public {
        SpecBuilder.Policy memory a = SpecBuilder.transferPolicy(shop, 1, SpecBuilder.unlimited());
        a.maxUses = 1;
        SpecBuilder.Policy memory b = payPolicy();
        b.maxUses = 2;
        create(two(a, b));
        bytes memory data = single(address(token), 0, payData(1));
        handle(sessionOp(data, hex"01"));
        handle(nativeOp(shop, 1));
        handle(sessionOp(data, hex"01"));
        handleFails(sessionOp(data, hex"01"), _lifetime(1, 0));
        handleFails(nativeOp(shop, 1), _lifetime(1, 0));
    }

    function test_countsUses_perPeriod() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.policies[0].maxUses = 2;
        s.policies[0].usePeriod = 3600;
        create(s);
        handle(payOp(1));
        handle(payOp(1));
        handleFails(payOp(1), _allowance(1, 0, block.timestamp / 3600));
        vm.warp(block.timestamp + 3600);
        handle(payOp(1));
    }

    function test_countsUses_upToTheWidthOfTheField() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.policies[0].maxUses = type(uint16).max;
        create(s);
        bytes32 slot = keccak256(
            abi.encode(address(account), keccak256(abi.encode(keccak256(spec), uint256(0))))
        );
        uint256 word = uint256(vm.load(address(sessions), slot));
        vm.store(address(sessions), slot, bytes32(word | uint256(type(uint16).max - 1) << 128));
        handle(payOp(1));
        handleFails(payOp(1), _lifetime(1, 0));
        assertEq(uint256(vm.load(address(sessions), slot)) >> 254, 1, "the count does not run into the fee");
    }

    function test_keepsCellsApart_whenAllLimitsAreUsed() public {
        SpecBuilder.Policy memory a = SpecBuilder.transferPolicy(shop, 100, SpecBuilder.allowance(100, DAY));
        a.maxUses = 9;
        a.usePeriod = 3600;
        SpecBuilder.Policy memory b = payPolicy();
        b.maxUses = 8;
        SpecBuilder.withConstraint(b, 0, 1, 0, SpecBuilder.lifetime(70));
        SpecBuilder.withConstraint(b, 0, 1, 0, SpecBuilder.allowance(60, DAY));
        SpecBuilder.Spec memory s = two(a, b);
        s.feePeriod = DAY;
        create(s);
        handle(nativeOp(shop, 30));
        handle(sessionOp(single(address(token), 0, payData(11)), hex"01"));
        handle(sessionOp(single(address(token), 0, payData(12)), hex"01"));
        assertEq(state().policies[0].valueLeft, 70);
        assertEq(state().policies[0].usesLeft, 8);
        assertEq(state().policies[1].usesLeft, 6);
        assertEq(state().policies[1].constraints[0].left, 47);
        assertEq(state().policies[1].constraints[1].left, 37);
        assertEq(state().feeLeft, 1 ether - 3 * 4_050_000 gwei);
    }

    function testFuzz_neverPassesTheLimit_whenLifetime(uint96 limit, uint96[8] calldata amounts) public {
        create(paySpec(SpecBuilder.lifetime(limit)));
        uint256 used;
        for (uint256 i; i < amounts.length; ++i) {
            uint256 amount = bound(amounts[i], 0, uint256(limit) + 1);
            if (used + amount > limit) {
                handleFails(payOp(amount), _lifetime(amount, limit - used));
            } else {
                handle(payOp(amount));
                used += amount;
            }
            assertEq(state().policies[0].constraints[1].left, limit - used);
        }
    }

    function testFuzz_neverPassesTheLimitInAnyPeriod_whenAllowance(
        uint96 limit,
        uint32 period,
        uint96[8] calldata amounts,
        uint32[8] calldata waits
    ) public {
        period = uint32(bound(period, 1, 30 days));
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.allowance(limit, period));
        s.expiresAt = uint48(START + 365 days);
        create(s);
        uint256 pid;
        uint256 used;
        for (uint256 i; i < amounts.length; ++i) {
            vm.warp(block.timestamp + bound(waits[i], 0, uint256(period) * 2));
            if (block.timestamp / period != pid) (pid, used) = (block.timestamp / period, 0);
            uint256 amount = bound(amounts[i], 0, uint256(limit) + 1);
            if (used + amount > limit) {
                handleFails(payOp(amount), _allowance(amount, limit - used, pid));
            } else {
                handle(payOp(amount));
                used += amount;
            }
            assertEq(state().policies[0].constraints[1].left, limit - used);
            assertEq(state().policies[0].constraints[1].periodEnd, (pid + 1) * period);
        }
    }

    function testFuzz_equalsTheSequence_whenBatched(uint96 limit, uint96[4] calldata amounts, bool allowance) public {
        SpecBuilder.Limit memory l = allowance ? SpecBuilder.allowance(limit, DAY) : SpecBuilder.lifetime(limit);
        SpecBuilder.Spec memory s = paySpec(l);
        s.policies[0].maxUses = 4;
        uint256[] memory list = new uint256[](4);
        uint256 total;
        for (uint256 i; i < 4; ++i) {
            list[i] = bound(amounts[i], 0, uint256(limit) / 3 + 1);
            total += list[i];
        }
        create(s);
        if (total <= limit) {
            uint256 snapshot = vm.snapshotState();
            for (uint256 i; i < 4; ++i) {
                handle(payOp(list[i]));
            }
            uint256 left = state().policies[0].constraints[1].left;
            vm.revertToState(snapshot);
            handle(payBatch(list));
            assertEq(state().policies[0].constraints[1].left, left);
            assertEq(state().policies[0].usesLeft, 0);
        } else {
            PackedUserOperation memory o = payBatch(list);
            vm.expectRevert();
            this.handleExternally(o);
        }
    }

    function handleExternally(PackedUserOperation calldata o) external {
        handle(o);
    }

    function _lifetime(uint256 amount, uint256 left) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SessionErrors.LifetimeUsageExceeded.selector, amount, left);
    }

    function _allowance(uint256 amount, uint256 left, uint256 pid) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SessionErrors.AllowanceExceeded.selector, amount, left, pid);
    }
}
