// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

contract SessionPoliciesTest is SessionWallet {
    function test_passes_whenPolicyMatches() public {
        create(paySpec(SpecBuilder.unlimited()));
        handle(payOp(7));
        assertEq(token.balanceOf(shop), 7);
    }

    function test_fails_whenTargetDiffers() public {
        create(paySpec(SpecBuilder.unlimited()));
        PackedUserOperation memory o = sessionOp(single(shop, 0, payData(1)), hex"00");
        handleFails(o, _call(shop, token.transfer.selector));
    }

    function test_fails_whenSelectorDiffers() public {
        create(paySpec(SpecBuilder.unlimited()));
        bytes memory data = abi.encodeCall(token.approve, (shop, 1));
        handleFails(
            sessionOp(single(address(token), 0, data), hex"00"), _call(address(token), token.approve.selector)
        );
    }

    function test_matchesTheWholeTargetAndSelector_bitByBit() public {
        uint160 pattern = type(uint160).max / 3; // 0x5555…
        for (uint256 kind; kind < 4; ++kind) {
            bool isCall = kind % 2 == 0;
            address target = address(kind < 2 ? pattern : ~pattern);
            bytes4 selector = kind < 2 ? bytes4(0x55555555) : bytes4(0xaaaaaaaa);
            create(
                specOf(
                    isCall
                        ? SpecBuilder.callPolicy(target, selector)
                        : SpecBuilder.transferPolicy(target, 0, SpecBuilder.unlimited())
                )
            );
            bytes memory data = isCall ? abi.encodePacked(selector) : bytes("");
            assertTrue(_isAllowed(target, data));
            for (uint256 bit; bit < 160; ++bit) {
                assertFalse(_isAllowed(address(uint160(target) ^ uint160(1 << bit)), data));
            }
            for (uint256 bit; isCall && bit < 32; ++bit) {
                assertFalse(_isAllowed(target, abi.encodePacked(selector ^ bytes4(uint32(1 << bit)))));
            }
        }
    }

    /// @dev Asks the module as the account does. The signature is the stub.
    function _isAllowed(address target, bytes memory data) private returns (bool ok) {
        PackedUserOperation memory o;
        o.sender = address(account);
        o.callData = single(target, 0, data);
        o.signature = abi.encodePacked(bytes32(0), bytes32(0), uint48(0), uint48(START + 1), uint8(0), spec);
        vm.prank(address(account));
        (ok,) = address(sessions).call(abi.encodeCall(sessions.validateSession, (o, 0, 0)));
    }

    function test_fails_whenPolicyIndexIsAnotherOrBeyondTheEnd() public {
        SpecBuilder.Policy memory a = payPolicy();
        SpecBuilder.Policy memory b = SpecBuilder.callPolicy(address(token), 0xffffffff);
        create(two(a, b));
        bytes memory data = single(address(token), 0, payData(1));
        handleFails(sessionOp(data, hex"01"), _call(address(token), token.transfer.selector));
        handleFails(sessionOp(data, hex"02"), _call(address(token), token.transfer.selector));
        handleFails(sessionOp(data, hex"ff"), _call(address(token), token.transfer.selector));
        handle(sessionOp(data, hex"00"));
    }

    /// @dev Zeros behind the spec read like a policy for transfers of nothing to nobody.
    function test_fails_whenNothingBehindTheLastPolicyIsTakenForOne() public {
        create(specOf(SpecBuilder.transferPolicy(shop, 1, SpecBuilder.unlimited())));
        PackedUserOperation memory o = sessionOp(single(address(0), 0, ""), hex"00");
        for (uint256 index = 1; index < 256; index += 127) {
            o.signature = signSession(
                o, abi.encodePacked(uint8(index)), uint48(block.timestamp), uint48(block.timestamp) + TTL
            );
            handleFails(o, abi.encodeWithSelector(SessionErrors.TransferPolicyViolated.selector, address(0)));
        }
    }

    function test_fails_whenTransferIsAskedOfACallPolicy() public {
        create(paySpec(SpecBuilder.unlimited()));
        handleFails(
            nativeOp(address(token), 0),
            abi.encodeWithSelector(SessionErrors.TransferPolicyViolated.selector, address(token))
        );
    }

    function test_fails_whenCallIsAskedOfATransferPolicy() public {
        create(specOf(SpecBuilder.transferPolicy(shop, 1, SpecBuilder.unlimited())));
        handleFails(
            sessionOp(single(shop, 0, hex"00000000"), hex"00"), _call(shop, 0x00000000)
        );
    }

    function test_fails_whenDataIsOneToThreeBytes() public {
        create(specOf(SpecBuilder.transferPolicy(shop, 1, SpecBuilder.unlimited())));
        for (uint256 length = 1; length < 4; ++length) {
            handleFails(
                sessionOp(single(shop, 0, new bytes(length)), hex"00"),
                abi.encodeWithSelector(SessionErrors.InvalidDataLength.selector, length, 4)
            );
        }
    }

    function test_fails_whenValueIsSentWithoutAValueRule() public {
        create(paySpec(SpecBuilder.unlimited()));
        handleFails(
            sessionOp(single(address(token), 1, payData(1)), hex"00"),
            abi.encodeWithSelector(SessionErrors.MaxValueExceeded.selector, 1, 0)
        );
    }

    function test_holdsAtTheBoundary_whenValueIsLimitedPerUse() public {
        create(specOf(SpecBuilder.transferPolicy(shop, 5, SpecBuilder.unlimited())));
        handle(nativeOp(shop, 5));
        handleFails(nativeOp(shop, 6), abi.encodeWithSelector(SessionErrors.MaxValueExceeded.selector, 6, 5));
        assertEq(shop.balance, 5);
    }

    function test_holds_forEveryCondition() public {
        uint256[3] memory words = [uint256(99), 100, 101];
        // Unconstrained, Equal, Greater, Less, GreaterOrEqual, LessOrEqual, NotEqual against 100
        bool[3][7] memory expected = [
            [true, true, true],
            [false, true, false],
            [false, false, true],
            [true, false, false],
            [false, true, true],
            [true, true, false],
            [true, false, true]
        ];
        for (uint8 condition; condition < 7; ++condition) {
            SpecBuilder.Policy memory policy = payPolicy();
            uint256 ref = condition == 0 ? 0 : 100;
            SpecBuilder.withConstraint(policy, condition, 1, ref, SpecBuilder.unlimited());
            create(specOf(policy));
            for (uint256 i; i < 3; ++i) {
                if (expected[condition][i]) handle(payOp(words[i]));
                else handleFails(payOp(words[i]), _condition(words[i], ref, condition));
            }
        }
    }

    function testFuzz_comparesUnsigned_forEveryCondition(uint256 word, uint256 ref, uint8 condition) public {
        condition = uint8(bound(condition, 1, 6));
        SpecBuilder.Policy memory policy = SpecBuilder.callPolicy(address(token), token.balanceOf.selector);
        SpecBuilder.withConstraint(policy, condition, 0, ref, SpecBuilder.unlimited());
        create(specOf(policy));
        bool holds = (word == ref && (condition == 1 || condition == 4 || condition == 5))
            || (word > ref && (condition == 2 || condition == 4 || condition == 6))
            || (word < ref && (condition == 3 || condition == 5 || condition == 6));
        bytes memory data = abi.encodePacked(token.balanceOf.selector, word);
        PackedUserOperation memory o = sessionOp(single(address(token), 0, data), hex"00");
        if (holds) handle(o);
        else handleFails(o, _condition(word, ref, condition));
    }

    function test_fails_whenArgumentLiesBeyondTheData() public {
        SpecBuilder.Policy memory policy = payPolicy();
        SpecBuilder.withConstraint(policy, 0, 2, 0, SpecBuilder.unlimited());
        create(specOf(policy));
        bytes memory reason = abi.encodeWithSelector(SessionErrors.InvalidDataLength.selector, 68, 100);
        handleFails(payOp(1), reason);

        bytes memory data = abi.encodePacked(payData(1), new bytes(31));
        reason = abi.encodeWithSelector(SessionErrors.InvalidDataLength.selector, 99, 100);
        handleFails(sessionOp(single(address(token), 0, data), hex"00"), reason);
        data = abi.encodePacked(payData(1), new bytes(32));
        handle(sessionOp(single(address(token), 0, data), hex"00"));
    }

    function test_fails_whenIndexIs255AndDataIsShort() public {
        SpecBuilder.Policy memory policy = payPolicy();
        SpecBuilder.withConstraint(policy, 0, 255, 0, SpecBuilder.unlimited());
        create(specOf(policy));
        handleFails(payOp(1), abi.encodeWithSelector(SessionErrors.InvalidDataLength.selector, 68, 36 + 255 * 32));
    }

    function test_checksSeveralConstraints_whenOnOneArgument() public {
        SpecBuilder.Policy memory policy = payPolicy();
        SpecBuilder.withConstraint(policy, 4, 1, 10, SpecBuilder.unlimited());
        SpecBuilder.withConstraint(policy, 5, 1, 20, SpecBuilder.lifetime(30));
        create(specOf(policy));
        handleFails(payOp(9), _condition(9, 10, 4));
        handleFails(payOp(21), _condition(21, 20, 5));
        handle(payOp(20));
        handleFails(payOp(11), abi.encodeWithSelector(SessionErrors.LifetimeUsageExceeded.selector, 11, 10));
        handle(payOp(10));
    }

    function test_chargesNothing_whenALaterCheckFails() public {
        create(paySpec(SpecBuilder.lifetime(10)));
        bytes memory bad = abi.encodeCall(token.transfer, (bundler, 10));
        handleFails(
            sessionOp(single(address(token), 0, bad), hex"00"), _condition(uint160(bundler), uint160(shop), 1)
        );
        handle(payOp(10));
    }

    function test_stillCharges_whenTheCallReverts() public {
        create(paySpec(SpecBuilder.lifetime(2000 ether)));
        handle(payOp(1500 ether)); // more than the account has
        assertEq(token.balanceOf(shop), 0);
        assertEq(state().policies[0].constraints[1].left, 500 ether);
    }

    function _call(address target, bytes4 selector) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SessionErrors.CallPolicyViolated.selector, target, selector);
    }

    function _condition(uint256 word, uint256 ref, uint8 condition) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SessionErrors.ConditionViolated.selector, word, ref, condition);
    }

    /// @dev Whatever remains of the last word of the execution data.
    function test_takesDataOfEveryLength_whenTheArgumentsAreFree() public {
        create(specOf(SpecBuilder.callPolicy(shop, 0x12345678)));
        for (uint256 length; length < 33; ++length) {
            handle(sessionOp(single(shop, 0, abi.encodePacked(bytes4(0x12345678), new bytes(length))), hex"00"));
        }
    }
}
