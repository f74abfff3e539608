// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";
import {console} from "forge-std/console.sol";

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {AAFactory} from "../src/factory/AAFactory.sol";
import {SessionKeyValidator} from "../src/session/SessionKeyValidator.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";
import {Wallet} from "./fixtures/Wallet.sol";

/// @dev Prints receipt gas and calldata bytes of the usual work, one operation a bundle, 1 ETH deposited. Meaningful with
/// `RELEASE=true forge test --match-contract GasTest --isolate -vv`.
/// @dev Does not verify: anything but that the operations pass.
contract GasTest is Wallet {
    function test_prints_whenRunIsolated() public {
        (bytes32 x, bytes32 y) = publicKey(0xcafe);
        factory.deployAccount(x, y, 0, CREDENTIAL, ORIGIN);
        _print("create");
        _createInFirstOp();

        token.mint(shop, 1);
        bytes memory pay = abi.encodeCall(token.transfer, (shop, 1));
        _handle("passkeyFirst", ownerOp(single(address(token), 0, pay)));
        _handle("passkeyErc20", ownerOp(single(address(token), 0, pay)));
        vm.deal(shop, 1);
        _handle("passkeyNative", ownerOp(single(shop, 1, "")));

        SpecBuilder.Policy memory policy = SpecBuilder.callPolicy(address(token), token.transfer.selector);
        SpecBuilder.withConstraint(policy, 1, 0, uint160(shop), SpecBuilder.unlimited());
        SpecBuilder.withConstraint(policy, 0, 1, 0, SpecBuilder.lifetime(5 ether));
        bytes32 id = _create(specOf(policy));
        _handle("sessionErc20First", sessionOp(single(address(token), 0, pay), hex"00"));
        _handle("sessionErc20Later", sessionOp(single(address(token), 0, pay), hex"00"));
        Call[] memory calls = new Call[](2);
        calls[0] = Call(address(token), 0, pay);
        calls[1] = calls[0];
        _handle("batch2", sessionOp(batch(calls), hex"0000"));
        _handle("revoke", ownerOp(single(address(sessions), 0, abi.encodeCall(SessionKeyValidator.revokeSession, (id)))));

        _create(specOf(SpecBuilder.transferPolicy(shop, 1, SpecBuilder.lifetime(1 ether))));
        _handle("sessionNativeFirst", sessionOp(single(shop, 1, ""), hex"00"));
        _handle("sessionNativeLater", sessionOp(single(shop, 1, ""), hex"00"));
    }

    function _createInFirstOp() private {
        SsoAccount before = account;
        (bytes32 x, bytes32 y) = publicKey(0xbeef);
        account = SsoAccount(factory.getAddress(x, y, 0, CREDENTIAL, ORIGIN));
        token.mint(address(account), 1 ether);
        vm.deal(address(account), 1 ether);
        entryPoint.depositTo{value: 1 ether}(address(account));
        token.mint(shop, 1);
        PackedUserOperation memory o = op(0, single(address(token), 0, abi.encodeCall(token.transfer, (shop, 1))));
        o.initCode =
            abi.encodePacked(factory, abi.encodeCall(AAFactory.deployAccount, (x, y, 0, CREDENTIAL, ORIGIN)));
        o.signature = signPasskey(o, 0xbeef);
        _handle("createInFirstOp", o);
        account = before;
    }

    function _create(SpecBuilder.Spec memory s) private returns (bytes32) {
        spec = SpecBuilder.pack(s);
        bytes memory data = abi.encodeCall(SessionKeyValidator.createSession, (spec));
        _handle("createSession", ownerOp(single(address(sessions), 0, data)));
        return keccak256(spec);
    }

    function _handle(string memory name, PackedUserOperation memory o) private {
        handle(o);
        _print(name);
        PackedUserOperation[] memory ops = new PackedUserOperation[](1);
        ops[0] = o;
        console.log("  calldata", abi.encodeCall(entryPoint.handleOps, (ops, payable(bundler))).length);
    }

    function _print(string memory name) private view {
        console.log(name, uint256(vm.lastCallGas().gasTotalUsed));
    }
}
