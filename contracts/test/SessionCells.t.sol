// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionViews} from "../src/session/SessionViews.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

/// @dev Every shape of header and policy against contracts/README.md, "Cells": what is charged where, how long the
/// operation holds, and what the view says is left. The module is asked as the account asks it.
contract SessionCellsTest is SessionWallet {
    uint256 internal constant NO_LIMIT = type(uint256).max;
    uint256 internal constant AMOUNT = 10;
    uint256 internal constant VALUE = 3;
    uint256 internal constant FEE = 4_050_000 gwei;
    uint32 internal constant FEE_PERIOD = 5_003;
    uint32 internal constant VALUE_PERIOD = 7_001;
    uint32 internal constant USE_PERIOD = 11_003;
    uint32 internal constant ARGUMENT_PERIOD = 13_001;
    address internal constant SPONSOR = address(0x5907);

    struct Shape {
        uint8 index; // of the policy
        uint8 value; // 0 none, else limit kind + 1
        uint8 count; // 0 none, 1 lifetime, 2 per period
        uint8 argument; // limit kind
        bool hasRef;
        bool feePeriod;
        uint8 paymasterMode;
    }

    struct Expected {
        uint256 cell; // next
        uint256 validAfter;
        uint256 validUntil;
    }

    Shape internal shape;
    uint256 internal salt;

    function test_chargesTheCellsOfTheLayout_forEveryShapeOfPolicy() public {
        for (uint8 index; index < 2; ++index) {
            for (uint8 value; value < 4; ++value) {
                for (uint8 count; count < 3; ++count) {
                    for (uint8 argument; argument < 3; ++argument) {
                        shape = Shape(index, value, count, argument, (value + count) % 2 == 0, count == 1, 0);
                        _check();
                        shape.hasRef = !shape.hasRef;
                        _check();
                    }
                }
            }
        }
    }

    function test_chargesTheCellsOfTheLayout_forEveryShapeOfHeader() public {
        for (uint8 mode; mode < 3; ++mode) {
            for (uint256 period; period < 2; ++period) {
                shape = Shape(1, 3, 2, 2, true, period == 1, mode);
                _check();
            }
        }
    }

    function _check() private {
        SpecBuilder.Spec memory s = _spec();
        spec = SpecBuilder.pack(s);
        vm.prank(address(account));
        sessions.createSession(spec);
        _checkState(s, 0);
        for (uint256 uses = 1; uses < 3; ++uses) {
            uint256 validity = _use();
            Expected memory expected = _checkWords(uses);
            assertEq(validity >> 208, expected.validAfter, "validAfter");
            assertEq(uint48(validity >> 160), expected.validUntil, "validUntil");
            _checkState(s, uses);
        }
    }

    /// @dev The policy, with another one before it if it is to be the second.
    function _spec() private returns (SpecBuilder.Spec memory s) {
        SpecBuilder.Policy memory policy = payPolicy();
        policy.hasValue = shape.value != 0;
        policy.maxValue = uint96(VALUE);
        if (shape.value == 2) policy.valueLimit = SpecBuilder.lifetime(100);
        if (shape.value == 3) policy.valueLimit = SpecBuilder.allowance(200, VALUE_PERIOD);
        policy.maxUses = shape.count == 0 ? 0 : 300;
        policy.usePeriod = shape.count == 2 ? USE_PERIOD : 0;
        SpecBuilder.Limit memory limit = SpecBuilder.unlimited();
        if (shape.argument == 1) limit = SpecBuilder.lifetime(400);
        if (shape.argument == 2) limit = SpecBuilder.allowance(500, ARGUMENT_PERIOD);
        SpecBuilder.withConstraint(policy, shape.hasRef ? 4 : 0, 1, shape.hasRef ? AMOUNT : 0, limit);
        SpecBuilder.withConstraint(policy, 1, 0, uint160(shop), SpecBuilder.unlimited());
        SpecBuilder.withConstraint(policy, 0, 1, 0, SpecBuilder.lifetime(600));
        if (shape.index == 0) {
            s = specOf(policy);
        } else {
            SpecBuilder.Policy memory before = SpecBuilder.transferPolicy(shop, 1, SpecBuilder.lifetime(1));
            before.maxUses = 1;
            s = two(before, policy);
        }
        if (shape.feePeriod) s.feePeriod = FEE_PERIOD;
        s.paymasterMode = shape.paymasterMode;
        if (s.paymasterMode == 1) s.paymaster = SPONSOR;
        // Shapes repeat; ids do not.
        s.signer = address(uint160(++salt));
    }

    function _use() private returns (uint256) {
        PackedUserOperation memory o =
            op(sessionNonceKey(), single(address(token), shape.value == 0 ? 0 : VALUE, payData(AMOUNT)));
        if (shape.paymasterMode != 0) o.paymasterAndData = abi.encodePacked(SPONSOR, uint128(0), uint128(0));
        o.signature =
            abi.encodePacked(bytes32(0), bytes32(0), uint48(START), uint48(START + 1 days), shape.index, spec);
        vm.prank(address(account));
        return sessions.validateSession(o, 0, 0);
    }

    function _checkWords(uint256 uses) private view returns (Expected memory e) {
        e.validUntil = START + 1 days;
        bool charged = shape.paymasterMode != 1;
        uint256 word = _word(0);
        assertEq(word >> 254, 1, "status");
        assertEq((word >> 224) & (2 ** 30 - 1), 0, "epoch");
        assertEq(uint80(word >> 144), charged && !shape.feePeriod ? uses * FEE : 0, "lifetime fee");
        assertEq(uint16(word >> 128), shape.index == 0 && shape.count == 1 ? uses : 0, "lifetime uses of policy 0");

        if (shape.feePeriod && charged) _allowance(e, uses * FEE, FEE_PERIOD);
        else if (shape.feePeriod) assertEq(_cell(e.cell++), 0, "fee");
        if (shape.index == 1) assertEq(_cell(e.cell++), 0, "value of the policy before");
        if (shape.value == 2) assertEq(_cell(e.cell++), uses * VALUE, "value");
        if (shape.value == 3) _allowance(e, uses * VALUE, VALUE_PERIOD);
        if (shape.count == 1 && shape.index == 1) assertEq(_cell(e.cell++), uses, "uses");
        if (shape.count == 2) _allowance(e, uses, USE_PERIOD);
        if (shape.argument == 1) assertEq(_cell(e.cell++), uses * AMOUNT, "argument");
        if (shape.argument == 2) _allowance(e, uses * AMOUNT, ARGUMENT_PERIOD);
        assertEq(_cell(e.cell++), uses * AMOUNT, "last argument");
        assertEq(_cell(e.cell), 0, "nothing behind");
    }

    function _allowance(Expected memory e, uint256 used, uint256 period) private view {
        uint256 pid = START / period;
        assertEq(_cell(e.cell++), pid << 96 | used, "allowance");
        if (pid * period - 1 > e.validAfter) e.validAfter = pid * period - 1;
        if ((pid + 1) * period - 1 < e.validUntil) e.validUntil = (pid + 1) * period - 1;
    }

    function _checkState(SpecBuilder.Spec memory s, uint256 uses) private view {
        SessionViews.SessionState memory now_ = state();
        assertEq(now_.status, 1);
        assertEq(now_.policies.length, s.policies.length);
        assertEq(now_.feeLeft, 1 ether - (shape.paymasterMode == 1 ? 0 : uses * FEE), "fee left");
        assertEq(now_.feePeriodEnd, shape.feePeriod ? _end(FEE_PERIOD) : 0);
        if (shape.index == 1) {
            assertEq(now_.policies[0].valueLeft, 1);
            assertEq(now_.policies[0].usesLeft, 1);
        }
        SessionViews.PolicyState memory policy = now_.policies[shape.index];
        uint256[4] memory values = [0, NO_LIMIT, 100 - uses * VALUE, 200 - uses * VALUE];
        assertEq(policy.valueLeft, values[shape.value], "value left");
        assertEq(policy.valuePeriodEnd, shape.value == 3 ? _end(VALUE_PERIOD) : 0);
        assertEq(policy.usesLeft, shape.count == 0 ? NO_LIMIT : 300 - uses, "uses left");
        assertEq(policy.usesPeriodEnd, shape.count == 2 ? _end(USE_PERIOD) : 0);
        uint256[3] memory arguments = [NO_LIMIT, 400 - uses * AMOUNT, 500 - uses * AMOUNT];
        assertEq(policy.constraints.length, 3);
        assertEq(policy.constraints[0].left, arguments[shape.argument], "argument left");
        assertEq(policy.constraints[0].periodEnd, shape.argument == 2 ? _end(ARGUMENT_PERIOD) : 0);
        assertEq(policy.constraints[1].left, NO_LIMIT);
        assertEq(policy.constraints[2].left, 600 - uses * AMOUNT);
    }

    function _end(uint256 period) private pure returns (uint256) {
        return (START / period + 1) * period;
    }

    function _cell(uint256 c) private view returns (uint256) {
        uint256 word = _word((c + 1) / 2);
        return c % 2 == 1 ? word >> 128 : uint128(word);
    }

    function _word(uint256 i) private view returns (uint256) {
        bytes32 slot = keccak256(abi.encode(account, keccak256(abi.encode(keccak256(spec), uint256(0)))));
        return uint256(vm.load(address(sessions), bytes32(uint256(slot) + i)));
    }
}
