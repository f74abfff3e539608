// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {IPaymaster} from "@account-abstraction/interfaces/IPaymaster.sol";
import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

contract Sponsor is IPaymaster {
    function validatePaymasterUserOp(PackedUserOperation calldata, bytes32, uint256)
        external
        pure
        returns (bytes memory, uint256)
    {
        return ("", 0);
    }

    function postOp(PostOpMode, bytes calldata, uint256, uint256) external {}
}

contract SessionFeeTest is SessionWallet {
    /// @dev Of an operation of `Wallet.op`, at 1 gwei.
    uint256 internal constant FEE = 4_050_000 gwei;
    uint256 internal constant PAYMASTER_FEE = 300_000 gwei;

    Sponsor internal sponsor;
    Sponsor internal other;

    function setUp() public override {
        super.setUp();
        sponsor = new Sponsor();
        other = new Sponsor();
        entryPoint.depositTo{value: 1 ether}(address(sponsor));
        entryPoint.depositTo{value: 1 ether}(address(other));
    }

    function test_holdsAtTheBoundary_whenLifetime() public {
        _create(uint80(2 * FEE + FEE / 2), 0, 0);
        handle(payOp(1));
        assertEq(state().feeLeft, FEE + FEE / 2);
        handle(payOp(1));
        handleFails(payOp(1), _lifetime(FEE, FEE / 2));
        _create(uint80(FEE), 0, 0);
        handle(payOp(1));
        assertEq(state().feeLeft, 0);
        _create(uint80(FEE - 1), 0, 0);
        handleFails(payOp(1), _lifetime(FEE, FEE - 1));
    }

    function test_startsAnew_whenAllowance() public {
        _create(uint80(FEE), 1 days, 0);
        handle(payOp(1));
        handleFails(
            payOp(1),
            abi.encodeWithSelector(SessionErrors.AllowanceExceeded.selector, FEE, 0, block.timestamp / 1 days)
        );
        vm.warp(block.timestamp + 1 days);
        handle(payOp(1));
    }

    function test_narrowsToTheFeePeriod_whenAllowance() public {
        _create(uint80(FEE), 100, 0);
        PackedUserOperation memory o = payOp(1);
        vm.warp((START / 100 + 1) * 100);
        handleFailsAs(o, "AA22 expired or not due");
    }

    function test_chargesTheWorstCase_whateverTheOperationUses() public {
        _create(1 ether, 0, 0);
        PackedUserOperation memory o = payOp(1);
        o.preVerificationGas = 11;
        o.accountGasLimits = bytes32(uint256(700_000) << 128 | 300_000);
        o.gasFees = bytes32(uint256(0) << 128 | 13 gwei);
        o.signature = signSession(o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
        handle(o);
        assertEq(state().feeLeft, 1 ether - 13 gwei * 1_000_011);
    }

    function test_fails_whenGasPriceWouldMoveTheBalanceIntoTheDeposit() public {
        _create(uint80(FEE), 0, 0);
        PackedUserOperation memory o = payOp(1);
        o.gasFees = bytes32(uint256(type(uint120).max));
        o.signature = signSession(o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
        handleFails(o, _lifetime(uint256(type(uint120).max) * 4_050_000, FEE));
        assertEq(address(account).balance, 10 ether);
    }

    function test_fails_whenPaymasterIsNotAllowed() public {
        _create(1 ether, 0, 0);
        handleFails(_sponsored(sponsor), _refused(sponsor));
        _create(1 ether, 0, 1);
        handleFails(_sponsored(other), _refused(other));
    }

    function test_isNotCharged_whenTheListedSponsorPays() public {
        _create(uint80(FEE), 0, 1);
        handle(_sponsored(sponsor));
        assertEq(state().feeLeft, FEE);
        handle(payOp(1));
        assertEq(state().feeLeft, 0);
        handle(_sponsored(sponsor));
        handleFails(payOp(1), _lifetime(FEE, 0));
        assertEq(token.balanceOf(shop), 3);
    }

    function test_isCharged_whenAnySponsorPays() public {
        _create(uint80(FEE + PAYMASTER_FEE), 0, 2);
        handle(_sponsored(other));
        assertEq(state().feeLeft, 0);
        handleFails(_sponsored(sponsor), _lifetime(FEE + PAYMASTER_FEE, 0));
    }

    function test_countsUses_whenSponsored() public {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.lifetime(5));
        (s.paymasterMode, s.paymaster) = (1, address(sponsor));
        s.policies[0].maxUses = 1;
        create(s);
        handle(_sponsored(sponsor));
        handleFails(_sponsored(sponsor), _lifetime(1, 0));
    }

    function testFuzz_coversWhatEntryPointTakes(uint32 pvg, uint32 vgl, uint32 cgl, uint64 price) public {
        _create(type(uint80).max, 0, 0);
        PackedUserOperation memory o = payOp(1);
        o.preVerificationGas = pvg;
        o.accountGasLimits = bytes32(bound(vgl, 200_000, 5_000_000) << 128 | bound(cgl, 0, 5_000_000));
        o.gasFees = bytes32(bound(price, 1, 1e8));
        o.signature = signSession(o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
        uint256 before = address(account).balance + entryPoint.balanceOf(address(account));
        handle(o);
        uint256 paid = before - address(account).balance - entryPoint.balanceOf(address(account));
        assertLe(paid, type(uint80).max - state().feeLeft);
    }

    function _create(uint80 limit, uint32 period, uint8 mode) private {
        SpecBuilder.Spec memory s = paySpec(SpecBuilder.unlimited());
        // Told apart by their expiry: an id is used once.
        s.expiresAt = uint48(START + 3 days + limit % 1000 + mode * 1000 + (period == 0 ? 0 : 5000));
        (s.feeLimit, s.feePeriod, s.paymasterMode) = (limit, period, mode);
        if (mode == 1) s.paymaster = address(sponsor);
        create(s);
    }

    function _sponsored(Sponsor by) private view returns (PackedUserOperation memory o) {
        o = payOp(1);
        o.paymasterAndData = abi.encodePacked(by, uint128(200_000), uint128(100_000));
        o.signature = signSession(o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
    }

    function _lifetime(uint256 amount, uint256 left) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SessionErrors.LifetimeUsageExceeded.selector, amount, left);
    }

    function _refused(Sponsor by) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SessionErrors.PaymasterNotAllowed.selector, by);
    }
}
