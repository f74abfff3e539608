// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {Calls} from "../src/account/Calls.sol";
import {SsoAccount} from "../src/account/SsoAccount.sol";
import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionKeyValidator} from "../src/session/SessionKeyValidator.sol";
import {TestModule} from "./fixtures/TestModule.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

/// @dev What no session can do, whatever its policies say.
contract RestrictedTest is SessionWallet {
    bytes internal invalid = abi.encodeWithSelector(Calls.InvalidCallData.selector);

    function setUp() public override {
        super.setUp();
        create(paySpec(SpecBuilder.lifetime(100)));
    }

    function test_fails_whenAnotherFunctionIsCalled() public {
        bytes[6] memory datas = [
            abi.encodeCall(SsoAccount.endSessions, ()),
            abi.encodeCall(SsoAccount.installModule, (1, address(1), "")),
            abi.encodeCall(SsoAccount.removePasskey, (0)),
            abi.encodeCall(SsoAccount.upgradeToAndCall, (address(1), "")),
            abi.encodeCall(SsoAccount.executeFromExecutor, (0, "")),
            abi.encodeWithSelector(0x8dd7712f, new bytes(100)) // executeUserOp
        ];
        for (uint256 i; i < datas.length; ++i) {
            bytes memory data = abi.encodePacked(datas[i], new bytes(100));
            handleFails(
                sessionOp(data, hex"00"), abi.encodeWithSelector(Calls.InvalidTopLevelSelector.selector, bytes4(data))
            );
        }
        handleFails(sessionOp("", hex"00"), invalid);
    }

    function test_saysWhy_whenCalldataIsTooShortOrIsAnotherFunction() public {
        bytes4 selector = SsoAccount.endSessions.selector;
        handleFails(sessionOp(abi.encodePacked(selector, new bytes(95)), hex"00"), invalid);
        handleFails(
            sessionOp(abi.encodePacked(selector, new bytes(96)), hex"00"),
            abi.encodeWithSelector(Calls.InvalidTopLevelSelector.selector, selector)
        );
        // No data, or so much that its length rounds up to none.
        handleFails(sessionOp(_execute(0), hex"00"), invalid);
        handleFails(sessionOp(_execute(type(uint256).max), hex"00"), invalid);
    }

    /// @dev Without a byte of data.
    function _execute(uint256 length) private pure returns (bytes memory) {
        return abi.encodePacked(SsoAccount.execute.selector, Calls.SINGLE, uint256(0x40), length);
    }

    function test_fails_whenModeIsNotExactlySingleOrBatch() public {
        bytes32[8] memory modes = [
            bytes32(uint256(0xff) << 248), // delegatecall
            bytes32(uint256(0xfe) << 248), // staticcall
            bytes32(uint256(1) << 240), // single, try
            bytes32(uint256(0x0101) << 240), // batch, try
            bytes32(uint256(1)),
            bytes32(uint256(1) << 248 | 1),
            bytes32(uint256(1) << 200),
            bytes32(uint256(2) << 248)
        ];
        for (uint256 i; i < modes.length; ++i) {
            bytes memory data = abi.encodePacked(address(token), uint256(0), payData(1));
            data = abi.encodeCall(SsoAccount.execute, (modes[i], data));
            handleFails(sessionOp(data, hex"00"), abi.encodeWithSelector(Calls.InvalidMode.selector, modes[i]));
        }
    }

    function test_fails_whenTargetIsBanned() public {
        address[5] memory banned =
            [address(account), address(entryPoint), address(sessions), address(guardian), address(factory)];
        for (uint256 i; i < banned.length; ++i) {
            bytes memory reason = abi.encodeWithSelector(SsoAccount.TargetBanned.selector, banned[i]);
            assertTrue(account.isBannedTarget(banned[i]));
            handleFails(nativeOp(banned[i], 0), reason);
            handleFails(sessionOp(single(banned[i], 0, payData(1)), hex"00"), reason);
            Call[] memory calls = new Call[](2);
            calls[0] = Call(address(token), 0, payData(1));
            calls[1] = Call(banned[i], 0, payData(1));
            handleFails(sessionOp(batch(calls), hex"0000"), reason);
        }
        assertFalse(account.isBannedTarget(address(token)));
    }

    function test_fails_whenTargetBecameAModuleAfterTheSession() public {
        TestModule module = new TestModule(2);
        SpecBuilder.Policy memory policy = SpecBuilder.callPolicy(address(module), TestModule.ping.selector);
        create(specOf(policy));
        bytes memory data = single(address(module), 0, abi.encodeCall(TestModule.ping, ()));
        handle(sessionOp(data, hex"00"));
        assertEq(module.pings(), 1);
        handle(ownerOp(abi.encodeCall(SsoAccount.installModule, (2, address(module), ""))));
        handleFails(sessionOp(data, hex"00"), abi.encodeWithSelector(SsoAccount.TargetBanned.selector, module));
        handle(ownerOp(abi.encodeCall(SsoAccount.uninstallModule, (2, address(module), ""))));
        handle(sessionOp(data, hex"00"));
    }

    function test_fails_whenValidatorIsNotInstalled() public {
        PackedUserOperation memory o = op(uint192(uint160(shop)) << 32, single(address(token), 0, payData(1)));
        handleFails(o, abi.encodeWithSelector(SsoAccount.ValidatorNotInstalled.selector, shop));
        o = op(uint192(uint160(address(guardian))) << 32, single(address(token), 0, payData(1)));
        handleFails(o, abi.encodeWithSelector(SsoAccount.ValidatorNotInstalled.selector, guardian));
    }

    function test_fails_whenSingleCalldataIsNotCanonical() public {
        bytes memory good = single(address(token), 0, payData(1));
        // offset word, then the length word, then trailing bytes and a missing padding
        _failsAt(good, 4 + 63, 0x60);
        _failsAt(good, 4 + 63, 0x20);
        _failsAt(good, 4 + 32, 0x01);
        _failsAt(good, 4 + 64, 0x01);
        _failsAt(good, 4 + 94, 0x01);
        handleFails(sessionOp(abi.encodePacked(good, uint8(0)), hex"00"), invalid);
        handleFails(sessionOp(abi.encodePacked(good, bytes32(0)), hex"00"), invalid);
        handleFails(sessionOp(_cut(good, good.length - 1), hex"00"), invalid);
        // 51 bytes of data hold no target and value
        bytes memory short = abi.encodeCall(SsoAccount.execute, (Calls.SINGLE, new bytes(51)));
        handleFails(sessionOp(short, hex"00"), invalid);
        handle(sessionOp(good, hex"00"));
    }

    function test_fails_whenBatchIsEmptyOrTooLong() public {
        handleFails(sessionOp(batch(new Call[](0)), ""), invalid);
        uint256[] memory amounts = new uint256[](33);
        handleFails(payBatch(amounts), invalid);
        amounts = new uint256[](32);
        handle(payBatch(amounts));
    }

    function test_fails_whenOneCallOfABatchIsNotAllowed() public {
        Call[] memory calls = new Call[](3);
        calls[0] = Call(address(token), 0, payData(1));
        calls[1] = Call(address(token), 0, abi.encodeCall(token.approve, (shop, 1)));
        calls[2] = calls[0];
        handleFails(
            sessionOp(batch(calls), hex"000000"),
            abi.encodeWithSelector(SessionErrors.CallPolicyViolated.selector, token, token.approve.selector)
        );
    }

    function test_fails_whenAnyWordOfABatchIsMoved() public {
        Call[] memory calls = new Call[](2);
        calls[0] = Call(address(token), 0, payData(1));
        calls[1] = Call(address(token), 0, payData(2));
        bytes memory good = batch(calls);
        // Every structural word: offset, count, element offsets, and each element's offset and length.
        uint256 base = 4 + 96;
        uint256 element = 0x80 + 96; // head and 68 bytes, padded
        uint256[9] memory words = [
            base,
            base + 0x20,
            base + 0x40,
            base + 0x60,
            base + 0x80 + 0x40,
            base + 0x80 + 0x60,
            base + 0x80 + element + 0x40,
            base + 0x80 + element + 0x60,
            base + 0x80 // target with a dirty upper part
        ];
        for (uint256 i; i < words.length; ++i) {
            _failsAt(good, words[i], 0x01);
            _failsAt(good, words[i] + 8, 0x80);
            if (words[i] == base + 0x80) continue;
            for (uint256 delta = 32; delta < 256; delta += 32) {
                _failsAt(good, words[i] + 31, bytes1(uint8(delta)));
            }
        }
        // A target with the lowest of the bits that it has not.
        _failsAt(good, base + 0x80 + 11, 0x01);
        handle(sessionOp(good, hex"0000"));
        assertEq(token.balanceOf(shop), 3);
    }

    /// @dev The first target is a number that, taken for an offset, leads to the argument that names the account.
    function test_checksTheCallsAlone_whenTheirDataNamesABannedTarget() public {
        address odd = address(0x140 + 4 + 32);
        SpecBuilder.Policy memory a = SpecBuilder.transferPolicy(odd, 0, SpecBuilder.unlimited());
        create(two(a, SpecBuilder.callPolicy(address(token), token.approve.selector)));
        Call[] memory calls = new Call[](2);
        calls[0] = Call(odd, 0, "");
        calls[1] = Call(address(token), 0, abi.encodePacked(token.approve.selector, abi.encode(shop, account)));
        bytes memory data = abi.encode(calls);
        bytes32 word;
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x60), odd))
        }
        assertEq(address(uint160(uint256(word))), address(account));
        handle(sessionOp(batch(calls), hex"0001"));
    }

    function testFuzz_executesWhatWasChecked_whenAByteOfABatchChanges(uint256 at, bytes1 change) public {
        Call[] memory calls = new Call[](2);
        calls[0] = Call(address(token), 0, payData(1));
        calls[1] = Call(address(token), 0, payData(2));
        bytes memory data = batch(calls);
        at = bound(at, 0, data.length - 1);
        data[at] ^= change;
        PackedUserOperation memory o = sessionOp(data, hex"0000");
        uint256 before = token.balanceOf(address(account));
        try this.handleExternally(o) {
            // Passed: then nobody but the shop got anything, and what the session counted is what left.
            uint256 spent = before - token.balanceOf(address(account));
            assertEq(token.balanceOf(shop), spent);
            assertLe(spent, 100 - state().policies[0].constraints[1].left);
        } catch {
            assertEq(token.balanceOf(address(account)), before);
        }
    }

    function test_cannotReachTheModuleOrTheOwner_whenCalledDirectly() public {
        bytes memory data = abi.encodeCall(SsoAccount.execute, (Calls.SINGLE, abi.encodePacked(shop, uint256(1))));
        vm.prank(vm.addr(SESSION_KEY));
        (bool ok,) = address(account).call(data);
        assertFalse(ok);
        PackedUserOperation memory o = payOp(1);
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.validateUserOp(o, 0, 0);
        // To the module a stranger is an account without sessions.
        vm.expectRevert(abi.encodeWithSelector(SessionErrors.SessionNotActive.selector));
        sessions.validateSession(o, 0, 0);
    }

    function handleExternally(PackedUserOperation calldata o) external {
        handle(o);
    }

    function _failsAt(bytes memory good, uint256 at, bytes1 change) private {
        bytes memory data = abi.encodePacked(good);
        data[at] ^= change;
        handleFails(sessionOp(data, hex"0000"), invalid);
    }

    function _cut(bytes memory data, uint256 length) private pure returns (bytes memory out) {
        out = new bytes(length);
        for (uint256 i; i < length; ++i) {
            out[i] = data[i];
        }
    }
}
