// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Vm, VmSafe} from "forge-std/Vm.sol";

import {AccountExecution} from "../src/account/AccountExecution.sol";
import {AccountFallback} from "../src/account/AccountFallback.sol";
import {Calls} from "../src/account/Calls.sol";
import {SsoAccount} from "../src/account/SsoAccount.sol";
import {TestModule} from "./fixtures/TestModule.sol";
import {Token} from "./fixtures/Token.sol";
import {Wallet} from "./fixtures/Wallet.sol";
import {CallsReader} from "./harness/CallsReader.sol";

contract ExecuteTest is Wallet {
    CallsReader internal reader;

    function setUp() public override {
        super.setUp();
        reader = CallsReader(deployTested("CallsReader", ""));
    }

    bytes32 internal constant TRY = bytes32(uint256(1) << 240);
    bytes32 internal constant TRY_BATCH = bytes32(uint256(0x0101) << 240);

    function test_runsOneCall() public {
        handle(ownerOp(single(shop, 5, "")));
        assertEq(shop.balance, 5);
    }

    function test_runsABatchInOrder_ofUnevenLengths() public {
        Call[] memory calls = new Call[](4);
        calls[0] = Call(shop, 1, "");
        calls[1] = Call(address(token), 0, abi.encodeCall(token.transfer, (shop, 3)));
        calls[2] = Call(shop, 2, hex"010203");
        calls[3] = Call(address(token), 0, abi.encodeCall(token.transfer, (bundler, 4)));
        vm.expectCall(shop, 2, hex"010203");
        handle(ownerOp(batch(calls)));
        assertEq(shop.balance, 3);
        assertEq(token.balanceOf(shop), 3);
        assertEq(token.balanceOf(bundler), 4);
    }

    function test_revertsAll_whenOneFails() public {
        Call[] memory calls = new Call[](2);
        calls[0] = Call(shop, 1, "");
        calls[1] = Call(address(token), 0, abi.encodeCall(token.transfer, (shop, 2000 ether)));
        vm.prank(address(account));
        vm.expectPartialRevert(bytes4(keccak256("ERC20InsufficientBalance(address,uint256,uint256)")));
        account.execute(Calls.BATCH, abi.encode(calls));
        assertEq(shop.balance, 0);
    }

    function test_goesOn_whenOneFailsInTryMode() public {
        Call[] memory calls = new Call[](3);
        calls[0] = Call(shop, 1, "");
        calls[1] = Call(address(token), 0, abi.encodeCall(token.transfer, (shop, 2000 ether)));
        calls[2] = Call(shop, 2, "");
        bytes memory reason = abi.encodeWithSignature(
            "ERC20InsufficientBalance(address,uint256,uint256)", account, 1000 ether, 2000 ether
        );
        vm.startPrank(address(account));
        vm.expectEmit(address(account));
        emit AccountExecution.TryExecuteUnsuccessful(1, reason);
        account.execute(TRY_BATCH, abi.encode(calls));
        assertEq(shop.balance, 3);
        vm.expectEmit(address(account));
        emit AccountExecution.TryExecuteUnsuccessful(0, reason);
        account.execute(TRY, abi.encodePacked(token, uint256(0), calls[1].callData));
    }

    function test_makesTheCallsOfItsData_andNoOther() public {
        Call[] memory calls = new Call[](2);
        calls[0] = Call(shop, 1, "");
        calls[1] = Call(bundler, 2, hex"0102");
        bytes memory data = abi.encode(calls);
        vm.prank(address(account));
        vm.startStateDiffRecording();
        account.execute(Calls.BATCH, data);
        _madeExactly(calls, vm.stopAndReturnStateDiff());
        data = abi.encodePacked(shop, uint256(1));
        calls = new Call[](1);
        calls[0] = Call(shop, 1, "");
        vm.prank(address(account));
        vm.startStateDiffRecording();
        account.execute(Calls.SINGLE, data);
        _madeExactly(calls, vm.stopAndReturnStateDiff());
    }

    /// @dev Whatever their lengths, in one memory.
    function test_returnsWhatEachCallAnswered_toExecutors() public {
        TestModule executor = new TestModule(2);
        vm.prank(address(account));
        account.installModule(2, address(executor), "");
        uint256 n = 32;
        Call[] memory calls = new Call[](n);
        bytes[] memory answers = new bytes[](n);
        bytes[] memory results;
        for (uint256 length; length < 3 * n; ++length) {
            bytes memory answer = abi.encodePacked(keccak256("a"), keccak256("b"), keccak256("c"));
            assembly ("memory-safe") {
                mstore(answer, length)
            }
            vm.mockCall(shop, abi.encode(length), answer);
            calls[length % n] = Call(shop, 0, abi.encode(length));
            answers[length % n] = answer;
            if (length % n < n - 1) continue;
            results = executor.execute(account, Calls.BATCH, abi.encode(calls));
            assertEq(abi.encode(results), abi.encode(answers));
        }
        results = executor.execute(account, Calls.SINGLE, abi.encodePacked(shop, uint256(0), abi.encode(65)));
        assertEq(results.length, 1);
        assertEq(results[0], answers[1]);
    }

    function test_refusesOtherModes() public {
        bytes32[5] memory modes = [
            bytes32(uint256(0xff) << 248),
            bytes32(uint256(0xfe) << 248),
            bytes32(uint256(2) << 240),
            bytes32(uint256(2) << 248),
            bytes32(uint256(1))
        ];
        vm.startPrank(address(account));
        for (uint256 i; i < modes.length; ++i) {
            assertFalse(account.supportsExecutionMode(modes[i]));
            vm.expectRevert(abi.encodeWithSelector(Calls.InvalidMode.selector, modes[i]));
            account.execute(modes[i], abi.encodePacked(shop, uint256(0)));
        }
        assertTrue(account.supportsExecutionMode(TRY_BATCH));
        assertTrue(account.supportsExecutionMode(TRY));
        assertTrue(account.supportsExecutionMode(Calls.SINGLE));
        assertTrue(account.supportsExecutionMode(Calls.BATCH));
    }

    function test_refusesMalformedData() public {
        vm.startPrank(address(account));
        vm.expectRevert(Calls.InvalidCallData.selector);
        account.execute(Calls.SINGLE, new bytes(51));
        vm.expectRevert(Calls.InvalidCallData.selector);
        account.execute(Calls.BATCH, "");
        vm.expectRevert(Calls.InvalidCallData.selector);
        account.execute(Calls.BATCH, abi.encode(uint256(0x20), type(uint256).max));
        vm.expectRevert(Calls.InvalidCallData.selector);
        account.execute(Calls.BATCH, abi.encode(uint256(0x20), uint256(1) << 251));
        account.execute(Calls.BATCH, abi.encode(new Call[](0)));
    }

    function testFuzz_acceptsWhatTheEncoderWrites(address[] memory targets, bytes[] memory datas, uint256 value)
        public
        view
    {
        uint256 n = targets.length < datas.length ? targets.length : datas.length;
        Call[] memory calls = new Call[](n);
        for (uint256 i; i < n; ++i) {
            calls[i] = Call(targets[i], value, datas[i]);
        }
        bytes memory data = abi.encode(calls);
        reader.checkBatch(data);
        assertEq(reader.count(data), n);
        for (uint256 i; i < n; ++i) {
            (address target, uint256 sent, bytes memory callData) = reader.item(data, i);
            assertEq(target, calls[i].target);
            assertEq(sent, calls[i].value);
            assertEq(callData, calls[i].callData);
        }
    }

    function testFuzz_acceptsNothingElse(bytes calldata data) public view {
        // What passes is what the encoder writes for what it decodes to.
        try reader.checkBatch(data) {
            Call[] memory calls = abi.decode(data, (Call[]));
            bytes memory again = abi.encode(calls);
            assertEq(again.length, data.length);
        } catch {}
    }

    function test_refusesStrangers() public {
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.execute(Calls.SINGLE, abi.encodePacked(shop, uint256(1)));
    }

    function test_reachesItself_whenTheOwnerBatches() public {
        Call[] memory calls = new Call[](2);
        calls[0] = Call(address(account), 0, abi.encodeCall(SsoAccount.endSessions, ()));
        calls[1] = Call(shop, 1, "");
        handle(ownerOp(batch(calls)));
        assertEq(account.sessionEpoch(), 1);
        assertEq(shop.balance, 1);
    }

    /// @dev By the slot that the proxy reads (ERC-1967): the token's code answers for the account from then on.
    function test_runsTheNewImplementation_whenUpgraded() public {
        vm.expectRevert();
        Token(address(account)).name();
        ownerCall(address(account), abi.encodeCall(SsoAccount.upgradeToAndCall, (address(token), "")));
        assertEq(Token(address(account)).decimals(), 18);
    }

    function test_upgradesAndEndsSessions_onlyByTheOwner() public {
        SsoAccount next = deployImplementation();
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.upgradeToAndCall(address(next), "");
        vm.startPrank(address(account));
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.NoImplementation.selector, shop));
        account.upgradeToAndCall(shop, "");
        vm.expectEmit(address(account));
        emit SsoAccount.Upgraded(address(next));
        account.upgradeToAndCall(address(next), abi.encodeCall(SsoAccount.endSessions, ()));
        assertEq(account.sessionEpoch(), 2);
        assertTrue(account.isPasskey(keyIdOf(PASSKEY, ORIGIN)));
    }

    /// @dev Data of one byte is data: the account is called with it.
    function test_callsItself_whenTheUpgradeHasData() public {
        SsoAccount next = deployImplementation();
        vm.startPrank(address(account));
        vm.expectRevert(abi.encodeWithSelector(AccountFallback.NoFallbackHandler.selector, bytes4(0x01000000)));
        account.upgradeToAndCall(address(next), hex"01");
        vm.startStateDiffRecording();
        account.upgradeToAndCall(address(next), "");
        _madeExactly(new Call[](0), vm.stopAndReturnStateDiff());
    }

    /// @dev Calls of the account, the shallowest one being the test's to the account.
    function _madeExactly(Call[] memory calls, Vm.AccountAccess[] memory accesses) private view {
        uint256 top = type(uint256).max;
        for (uint256 i; i < accesses.length; ++i) {
            if (accesses[i].depth < top) top = accesses[i].depth;
        }
        uint256 n;
        for (uint256 i; i < accesses.length; ++i) {
            if (accesses[i].depth == top || accesses[i].accessor != address(account)) continue;
            if (accesses[i].kind != VmSafe.AccountAccessKind.Call) continue;
            assertEq(accesses[i].account, calls[n].target);
            assertEq(accesses[i].value, calls[n].value);
            assertEq(accesses[i].data, calls[n].callData);
            ++n;
        }
        assertEq(n, calls.length);
    }

    function test_receivesTokens() public view {
        assertEq(account.onERC721Received(address(0), address(0), 0, ""), bytes4(0x150b7a02));
        assertEq(account.onERC1155Received(address(0), address(0), 0, 0, ""), bytes4(0xf23a6e61));
        uint256[] memory none = new uint256[](0);
        assertEq(account.onERC1155BatchReceived(address(0), address(0), none, none, ""), bytes4(0xbc197c81));
        assertTrue(account.supportsInterface(0x01ffc9a7));
        assertTrue(account.supportsInterface(0x4e2312e0));
        assertTrue(account.supportsInterface(0x150b7a02));
        assertTrue(account.supportsInterface(0x1626ba7e));
        assertFalse(account.supportsInterface(0xffffffff));
    }
}
