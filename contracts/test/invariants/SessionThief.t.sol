// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {InvariantTest} from "./InvariantTest.sol";
import {ThiefHandler} from "./ThiefHandler.sol";

/// @dev The promise P1, and P4 and P6: what a stolen session key can do, whatever it signs.
contract SessionThiefInvariants is InvariantTest {
    uint256 internal constant LIFETIME = 0;
    uint256 internal constant PERIODS = 1;
    uint256 internal constant SPONSORED = 2;

    ThiefHandler internal thief;

    function setUp() public {
        thief = new ThiefHandler();
        thief.setUp();
        _target(address(thief), thief.actions());
    }

    function invariant_tokensLost_stayWithinTheLifetimeLimits() public view {
        assertLe(thief.tokensLost(LIFETIME), thief.TOKENS_IN_ALL());
        assertLe(thief.tokensLost(SPONSORED), thief.TOKENS_SPONSORED());
    }

    function invariant_tokensLost_stayWithinTheAllowanceOfEveryPeriod() public view {
        assertLe(thief.mostTokensInAPeriod(), thief.TOKENS_A_PERIOD());
        assertLe(thief.mostUsesInAnHour(), thief.USES_AN_HOUR());
    }

    function invariant_etherLost_staysWithinItsLimits() public view {
        assertLe(thief.etherToShop(LIFETIME), thief.ETHER_IN_ALL());
        assertLe(thief.etherToTill(LIFETIME), thief.TILL_IN_ALL());
        assertLe(thief.mostEtherInADay(), thief.ETHER_A_DAY());
        assertEq(thief.etherToTill(PERIODS) + thief.etherToTill(SPONSORED) + thief.etherToShop(SPONSORED), 0);
        (uint256 atShop, uint256 atTill) = thief.largest();
        assertLe(atShop, thief.ETHER_AT_ONCE());
        assertLe(atTill, thief.TILL_AT_ONCE());
    }

    function invariant_uses_stayWithinTheirCounts() public view {
        assertLe(thief.tips(LIFETIME), thief.ETHER_USES());
        assertLe(thief.buys(LIFETIME), thief.TILL_USES());
    }

    /// @dev Paid, moved into the deposit, or pulled by a token paymaster instead.
    function invariant_fees_stayWithinTheFeeLimits() public view {
        assertLe(thief.feesPaid(LIFETIME), thief.FEES_IN_ALL());
        assertLe(thief.movedToEntryPoint(LIFETIME), thief.FEES_IN_ALL());
        assertLe(thief.feesPaid(SPONSORED), thief.FEES_SPONSORED());
        assertLe(thief.movedToEntryPoint(SPONSORED), thief.FEES_SPONSORED());
        assertLe(thief.mostFeesInADay(), thief.FEES_A_DAY());
        assertLe(thief.mostMovedInADay(), thief.FEES_A_DAY());
        assertLe(thief.mostGasTokensInADay(), thief.FEES_A_DAY());
        assertEq(thief.gasTokensLost(LIFETIME) + thief.gasTokensLost(SPONSORED), 0);
    }

    function invariant_feesCharged_areThoseOfOperationsWithoutTheListedSponsor() public view {
        (,, uint256 first, uint256 sponsored) = thief.sessionWords();
        assertEq(uint80(first >> 144), thief.feesCharged(LIFETIME));
        assertEq(uint80(sponsored >> 144), thief.feesCharged(SPONSORED));
        assertEq(thief.paidBesideASponsor(), 0);
    }

    function invariant_nothingElse_isReachedOrCalled() public view {
        assertEq(thief.strayAssets(), 0);
        assertEq(thief.tokensBesideTheShop(), 0);
        assertEq(thief.strayCalls(), 0);
    }

    function invariant_accountAndOtherSessions_stayAsTheOwnerLeftThem() public view {
        assertTrue(thief.isAccountUntouched());
        (uint256 honest, uint256 wished,,) = thief.sessionWords();
        assertEq(honest, 1 << 254);
        assertEq(wished, 0);
        assertFalse(thief.signedAMessage(), "ERC-1271");
    }

    function invariant_signature_runsAtMostOnce_andForItsOwnSession() public view {
        assertLe(thief.mostRuns(), 1);
        assertEq(thief.swaps(), 0);
    }

    /// @dev The thief must have got something, or nothing was put to the test.
    function afterInvariant() public view {
        assertGt(thief.accepted(), 0);
        assertGt(thief.refused(), 0);
    }

    function test_theThiefTakesOfEverythingListed_whenDriven() public {
        _drive(address(thief), thief.actions(), 600);
        assertGt(thief.accepted(), 20);
        assertGt(thief.refused(), 60);
        assertGt(thief.tokensLost(LIFETIME), 0);
        assertGt(thief.tokensLost(SPONSORED), 0);
        assertGt(thief.tokensLost(PERIODS), thief.mostTokensInAPeriod());
        assertGt(thief.etherToShop(LIFETIME), 0);
        assertGt(thief.mostEtherInADay(), 0);
        assertGt(thief.etherToTill(LIFETIME), 0);
        assertGt(thief.movedToEntryPoint(LIFETIME), 0);
        assertGt(thief.gasTokensLost(PERIODS), 0);
        assertGt(thief.feesCharged(LIFETIME), 0);
        assertEq(thief.mostRuns(), 1);
    }
}
