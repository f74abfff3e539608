// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {Wallet} from "./fixtures/Wallet.sol";

/// @dev An account on a chain without the precompile asks the verifier that it was built with.
/// forge-config: default.evm_version = "prague"
contract PasskeyWithoutPrecompileTest is Wallet {
    function test_ownerActs_whenThePrecompileIsMissing() public {
        handle(ownerOp(single(shop, 1 ether, "")));
        assertEq(shop.balance, 1 ether);
    }

    function test_fails_whenAnotherKeySigned() public {
        PackedUserOperation memory o = op(0, single(shop, 1 ether, ""));
        o.signature = signPasskey(o, PASSKEY + 1);
        badSignature(o);
    }
}
