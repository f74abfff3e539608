// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

contract SessionTimeTest is SessionWallet {
    string internal constant NOT_NOW = "AA22 expired or not due";

    function test_worksInTheLastSecond_andFailsInTheNext_whenSessionExpires() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        s.expiresAt = uint48(START + 100);
        create(s);
        vm.warp(START + 100);
        handle(payOp(1));
        vm.warp(START + 101);
        handleFailsAs(payOp(1), NOT_NOW);
    }

    function test_worksInTheLastSecond_andFailsInTheNext_whenDeadlinePasses() public {
        create(paySpec(SpecBuilder.unlimited()));
        PackedUserOperation memory o = payOp(1);
        uint256 snapshot = vm.snapshotState();
        vm.warp(START + TTL);
        handle(o);
        vm.revertToState(snapshot);
        vm.warp(START + TTL + 1);
        handleFailsAs(o, NOT_NOW);
    }

    function test_fails_whenDeadlineIsZero() public {
        create(paySpec(SpecBuilder.unlimited()));
        PackedUserOperation memory o = payOp(1);
        o.signature = signSession(o, hex"00", uint48(block.timestamp), 0);
        handleFails(o, abi.encodeWithSelector(SessionErrors.EmptyTimeRange.selector));
    }

    function test_fails_whenTheDeadlineIsTheSecondBeforeThePeriod() public {
        create(paySpec(SpecBuilder.allowance(5, 100)));
        uint48 start = uint48(START / 100 + 1) * 100;
        PackedUserOperation memory o = payOp(1);
        o.signature = signSession(o, hex"00", start, start - 1);
        handleFails(o, abi.encodeWithSelector(SessionErrors.EmptyTimeRange.selector));
        o.signature = signSession(o, hex"00", start, start);
        vm.warp(start);
        handle(o);
    }

    function test_ignoresTheTimeHint_whenNoPeriodIsUsed() public {
        create(paySpec(SpecBuilder.lifetime(5)));
        handle(payOpAt(1, 0));
        handle(payOpAt(1, type(uint48).max));
    }

    function test_holdsToTheSecond_whenPeriodBeginsAndEnds() public {
        create(paySpec(SpecBuilder.allowance(5, 100)));
        uint48 start = uint48(START / 100 + 1) * 100;
        PackedUserOperation memory o = payOpAt(1, start + 50);
        uint256 snapshot = vm.snapshotState();
        vm.warp(start - 1);
        handleFailsAs(o, NOT_NOW);
        vm.warp(start);
        handle(o);
        vm.revertToState(snapshot);
        vm.warp(start + 99);
        handle(o);
        vm.revertToState(snapshot);
        vm.warp(start + 100);
        handleFailsAs(o, NOT_NOW);
    }

    function test_fails_whenPeriodIsForgedIntoThePastOrFuture() public {
        create(paySpec(SpecBuilder.allowance(5, 100)));
        handleFailsAs(payOpAt(1, uint48(block.timestamp) + 100), NOT_NOW);
        handleFailsAs(payOpAt(1, uint48(block.timestamp) - 100), NOT_NOW);
        handle(payOp(5));
        handleFails(
            payOpAt(1, uint48(block.timestamp) - 100),
            abi.encodeWithSelector(SessionErrors.PeriodElapsed.selector, START / 100, START / 100 - 1)
        );
        handleFailsAs(payOpAt(1, uint48(block.timestamp) + 100), NOT_NOW);
    }

    function test_fails_whenPeriodIdPassesItsWidth() public {
        create(paySpec(SpecBuilder.allowance(5, 1)));
        handleFails(payOpAt(1, uint48(1) << 32), abi.encodeWithSelector(SessionErrors.EmptyTimeRange.selector));
        // pid 2³² + n would look like n
        handleFails(
            payOpAt(1, (uint48(1) << 32) + uint48(START)),
            abi.encodeWithSelector(SessionErrors.EmptyTimeRange.selector)
        );
    }

    function test_fails_whenPeriodZeroOfOneSecondWouldLastForEver() public {
        create(paySpec(SpecBuilder.allowance(5, 1)));
        handleFails(payOpAt(1, 0), abi.encodeWithSelector(SessionErrors.EmptyTimeRange.selector));
    }

    function test_holds_whenPeriodIsOneSecond() public {
        create(paySpec(SpecBuilder.allowance(5, 1)));
        handle(payOp(5));
        vm.warp(START + 1);
        handle(payOp(5));
        handleFailsAs(payOpAt(5, uint48(START + 2)), NOT_NOW);
    }

    function test_works_inTheFirstPeriod_whenItIsLongerThanAllTimeSoFar() public {
        create(paySpec(SpecBuilder.allowance(5, type(uint32).max)));
        handle(payOp(2));
        vm.warp(START + 1 days);
        handle(payOp(3));
        handleFails(payOp(1), abi.encodeWithSelector(SessionErrors.AllowanceExceeded.selector, 1, 0, 0));
    }

    function test_works_inTheLastPeriodThatHasANumber() public {
        vm.warp(type(uint32).max);
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.allowance(5, 1));
        s.expiresAt = uint48(block.timestamp + 1 days);
        create(s);
        handle(payOp(5));
        handleFails(
            payOp(1), abi.encodeWithSelector(SessionErrors.AllowanceExceeded.selector, 1, 0, type(uint32).max)
        );
        for (uint256 beyond = 1; beyond < 4; ++beyond) {
            vm.warp(type(uint32).max + beyond);
            handleFails(payOp(1), abi.encodeWithSelector(SessionErrors.EmptyTimeRange.selector));
        }
    }

    function test_intersects_whenSeveralPeriodsAreUsed() public {
        SpecBuilder.Policy memory policy = payPolicy();
        policy.maxUses = 100;
        policy.usePeriod = 60;
        SpecBuilder.withConstraint(policy, 0, 1, 0, SpecBuilder.allowance(100, 7));
        create(specOf(policy));
        PackedUserOperation memory o = payOp(1);
        uint256 last = (START / 7 + 1) * 7 - 1;
        uint256 other = (START / 60 + 1) * 60 - 1;
        if (other < last) last = other;
        uint256 snapshot = vm.snapshotState();
        vm.warp(last);
        handle(o);
        vm.revertToState(snapshot);
        vm.warp(last + 1);
        handleFailsAs(o, NOT_NOW);
    }

    /// @dev Whichever is charged first.
    function test_holdsFromTheLaterStart_whenPeriodsBeginASecondApart() public {
        uint32 start = uint32(START) + 100;
        for (uint32 first; first < 2; ++first) {
            SpecBuilder.Policy memory policy = payPolicy();
            SpecBuilder.withConstraint(policy, 0, 1, 0, SpecBuilder.allowance(100, start + first));
            SpecBuilder.withConstraint(policy, 0, 1, 0, SpecBuilder.allowance(100, start + 1 - first));
            create(specOf(policy));
            PackedUserOperation memory o = payOpAt(1, start + 50);
            uint256 snapshot = vm.snapshotState();
            vm.warp(start);
            handleFailsAs(o, NOT_NOW);
            vm.warp(start + 1);
            handle(o);
            vm.revertToState(snapshot);
            vm.warp(START);
        }
    }

    function testFuzz_staysInsideItsPeriod_whateverIsHinted(uint48 time, uint32 period, uint32 wait) public {
        period = uint32(bound(period, 1, 30 days));
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.allowance(5, period));
        s.expiresAt = uint48(START + 365 days);
        create(s);
        vm.warp(block.timestamp + bound(wait, 0, 300 days));
        time = uint48(bound(time, block.timestamp - 2 * uint256(period), block.timestamp + 2 * uint256(period)));
        PackedUserOperation memory o = payOpAt(1, time);
        // Too far ahead it is refused at once, the deadline being earlier.
        if (time / period != block.timestamp / period) vm.expectRevert();
        this.handleExternally(o);
    }

    function handleExternally(PackedUserOperation calldata o) external {
        handle(o);
    }
}
