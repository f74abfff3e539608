// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {IEntryPoint} from "@account-abstraction/interfaces/IEntryPoint.sol";
import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {Vm} from "forge-std/Vm.sol";

import {AccountProxy} from "../src/account/AccountProxy.sol";
import {SsoAccount} from "../src/account/SsoAccount.sol";
import {AAFactory} from "../src/factory/AAFactory.sol";
import {Wallet} from "./fixtures/Wallet.sol";

contract FactoryTest is Wallet {
    bytes32 internal constant SLOT = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc;
    uint256 internal constant NEW = 0xfeed;

    function test_deploysAtTheFormulasAddress_andEmits() public {
        (bytes32 x, bytes32 y) = publicKey(NEW);
        bytes32 salt = keccak256(abi.encode(x, y, keccak256(CREDENTIAL), keccak256(bytes(ORIGIN)), uint256(3)));
        address expected = vm.computeCreate2Address(salt, factory.proxyInitCodeHash(), address(factory));
        assertEq(factory.getAddress(x, y, 3, CREDENTIAL, ORIGIN), expected);
        vm.expectEmit(address(factory));
        emit AAFactory.AccountCreated(expected, keccak256(CREDENTIAL), x, y, CREDENTIAL, ORIGIN, 3);
        assertEq(factory.deployAccount(x, y, 3, CREDENTIAL, ORIGIN), expected);
        assertTrue(SsoAccount(expected).isPasskey(keyIdOf(NEW, ORIGIN)));
        assertEq(SsoAccount(expected).passkeyCount(), 1);
        assertEq(SsoAccount(expected).sessionEpoch(), 0);
        assertEq(address(uint160(uint256(vm.load(expected, SLOT)))), address(factory.implementation()));
        assertEq(expected.code.length, 63);
    }

    function testFuzz_bindsEveryArgument_intoTheAddress(
        bytes32 x,
        bytes32 y,
        uint256 index,
        bytes calldata credentialId,
        string calldata at
    ) public view {
        bytes32 salt = keccak256(abi.encode(x, y, keccak256(credentialId), keccak256(bytes(at)), index));
        assertEq(
            factory.getAddress(x, y, index, credentialId, at),
            vm.computeCreate2Address(salt, factory.proxyInitCodeHash(), address(factory))
        );
    }

    /// @dev Who copies a credential id gets another account, and an event that names another key.
    function test_givesAnotherAccount_whenACredentialIdIsClaimedWithAnotherKey() public {
        (bytes32 x, bytes32 y) = publicKey(NEW);
        vm.recordLogs();
        SsoAccount claimed = SsoAccount(factory.deployAccount(x, y, 0, CREDENTIAL, ORIGIN));
        assertTrue(claimed != account);
        assertFalse(claimed.isPasskey(keyIdOf(PASSKEY, ORIGIN)));
        assertFalse(account.isPasskey(keyIdOf(NEW, ORIGIN)));
        Vm.Log memory log = vm.getRecordedLogs()[0];
        assertEq(log.topics[2], keccak256(CREDENTIAL));
        (bytes32 named,,,,) = abi.decode(log.data, (bytes32, bytes32, bytes, string, uint256));
        assertEq(named, x);
        // Adding the same credential id elsewhere takes nothing from anyone either.
        vm.prank(address(claimed));
        claimed.addPasskey(x, y, CREDENTIAL, "https://second.example");
        account = claimed;
        entryPoint.depositTo{value: 1 ether}(address(account));
        badSignature(ownerOp(single(shop, 1, "")));
    }

    function test_neverWorks_whenTheKeyIsZeroOrOffTheCurve() public {
        (bytes32 x, bytes32 y) = publicKey(NEW);
        _neverWorks(0, 0);
        _neverWorks(x, bytes32(uint256(y) ^ 1));
        _neverWorks(y, x);
        _neverWorks(bytes32(type(uint256).max), y);
    }

    function test_returnsTheAccount_whenItStandsAlready() public {
        (bytes32 x, bytes32 y) = publicKey(PASSKEY);
        vm.recordLogs();
        assertEq(factory.deployAccount(x, y, 0, CREDENTIAL, ORIGIN), address(account));
        assertEq(vm.getRecordedLogs().length, 0);
    }

    function test_doesNotBringARemovedPasskeyBack_whenDeployedAgain() public {
        (bytes32 x, bytes32 y) = publicKey(NEW);
        vm.startPrank(address(account));
        account.addPasskey(x, y, "second", ORIGIN);
        account.removePasskey(keyIdOf(PASSKEY, ORIGIN));
        vm.stopPrank();
        deploy(PASSKEY);
        assertFalse(account.isPasskey(keyIdOf(PASSKEY, ORIGIN)));
    }

    function test_refusesStrangers_whenInitialized() public {
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.initialize(bytes32(uint256(1)), bytes32(uint256(1)));
        SsoAccount implementation = factory.implementation();
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        implementation.initialize(bytes32(uint256(1)), bytes32(uint256(1)));
        vm.prank(address(entryPoint));
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(entryPoint)));
        account.initialize(bytes32(uint256(1)), bytes32(uint256(1)));
    }

    function test_createsInTheFirstOperation_andAStrangersFrontRunIsHarmless() public {
        (bytes32 x, bytes32 y) = publicKey(NEW);
        account = SsoAccount(factory.getAddress(x, y, 0, CREDENTIAL, ORIGIN));
        vm.deal(address(account), 1 ether);
        PackedUserOperation memory o = op(0, single(shop, 1, ""));
        o.initCode = abi.encodePacked(factory, abi.encodeCall(AAFactory.deployAccount, (x, y, 0, CREDENTIAL, ORIGIN)));
        o.signature = signPasskey(o, NEW);
        uint256 snapshot = vm.snapshotState();
        handle(o);
        assertEq(shop.balance, 1);

        vm.revertToState(snapshot);
        vm.prank(makeAddr("stranger"));
        factory.deployAccount(x, y, 0, CREDENTIAL, ORIGIN);
        handleFailsAs(o, "AA10 sender already constructed");
        o.initCode = "";
        o.signature = signPasskey(o, NEW);
        handle(o);
        assertEq(shop.balance, 1);
    }

    function test_takesEther_within2300Gas() public {
        (bool ok,) = address(account).call{value: 1, gas: 2300}("");
        assertTrue(ok);
        payable(address(account)).transfer(1);
        assertEq(address(account).balance, 10 ether + 2);
    }

    function test_passesDataAndRevertsThrough_whenProxied() public {
        assertEq(account.accountId(), "latchkey.account.1.0.0");
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.endSessions();
        vm.expectRevert(abi.encodeWithSignature("NoFallbackHandler(bytes4)", bytes4(0xdeadbeef)));
        (bool ok,) = address(account).call(hex"deadbeef");
        ok;
    }

    function _neverWorks(bytes32 x, bytes32 y) private {
        account = SsoAccount(factory.deployAccount(x, y, 0, CREDENTIAL, ORIGIN));
        vm.deal(address(account), 1 ether);
        PackedUserOperation memory o = op(0, single(shop, 1, ""));
        o.signature =
            passkeySignatureAs(entryPoint.getUserOpHash(o), NEW, uint48(block.timestamp) + TTL, x, y);
        badSignature(o);
    }

    function test_hashesTheProxysCreationCode() public view {
        assertEq(factory.proxyInitCodeHash(), keccak256(AccountProxy.initCode(address(factory.implementation()))));
    }
}
