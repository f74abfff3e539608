// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {Wallet} from "./fixtures/Wallet.sol";

/// @dev Assertions that `script/recordAssertions.mjs` recorded from Chromium, of an extension page and of a web page.
contract AssertionsTest is Wallet {
    uint256 internal constant EXTENSION_DATA = 0x80;
    uint256 internal constant FAILED = 1;

    struct Assertion {
        bytes32 hash;
        uint48 deadline;
        bytes authenticatorData;
        string origin;
        bytes rest;
        bytes signature;
        bytes keyAndDeadline;
    }

    string internal json;

    function setUp() public override {
        super.setUp();
        json = vm.readFile("test/vectors/assertions.json");
    }

    function test_accepts_whatChromiumSigned_andNothingElse() public {
        uint256 extended;
        uint256 plain;
        for (uint256 i; vm.keyExistsJson(json, string.concat(".vectors[", vm.toString(i), "]")); ++i) {
            Assertion memory a = _load(i);
            if (uint8(a.authenticatorData[32]) & EXTENSION_DATA != 0) ++extended;
            else ++plain;
            assertEq(a.authenticatorData.length > 37, uint8(a.authenticatorData[32]) & EXTENSION_DATA != 0);
            assertEq(_validate(a), uint256(a.deadline) << 160);

            a.hash ^= bytes32(uint256(1));
            assertEq(_validate(a) & FAILED, FAILED, "another operation");
            a.hash ^= bytes32(uint256(1));
            a.authenticatorData[a.authenticatorData.length - 1] ^= 0x01;
            assertEq(_validate(a) & FAILED, FAILED, "other authenticator data");
            a.authenticatorData[a.authenticatorData.length - 1] ^= 0x01;
            a.rest = ',"crossOrigin":true}';
            assertEq(_validate(a) & FAILED, FAILED, "cross-origin");
        }
        assertGe(extended, 4, "with extension data");
        assertGe(plain, 4, "without");
    }

    function _validate(Assertion memory a) private returns (uint256) {
        PackedUserOperation memory o = op(0, single(shop, 1, ""));
        o.signature = abi.encodePacked(
            a.signature,
            a.keyAndDeadline,
            uint8(a.authenticatorData.length),
            uint8(bytes(a.origin).length),
            a.authenticatorData,
            a.origin,
            a.rest
        );
        vm.prank(address(entryPoint));
        return account.validateUserOp(o, a.hash, 0);
    }

    /// @dev Also makes its passkey own the account.
    function _load(uint256 i) private returns (Assertion memory a) {
        string memory at = string.concat(".vectors[", vm.toString(i), "]");
        a.hash = vm.parseJsonBytes32(json, string.concat(at, ".hash"));
        a.deadline = uint48(vm.parseJsonUint(json, string.concat(at, ".deadline")));
        a.authenticatorData = vm.parseJsonBytes(json, string.concat(at, ".authenticatorData"));
        a.origin = vm.parseJsonString(json, string.concat(at, ".origin"));
        bytes memory client = bytes(vm.parseJsonString(json, string.concat(at, ".clientDataJSON")));
        // Up to the origin's closing quote: 36 bytes, 43 of challenge, 12, the origin, 1.
        uint256 start = 92 + bytes(a.origin).length;
        a.rest = new bytes(client.length - start);
        for (uint256 k; k < a.rest.length; ++k) {
            a.rest[k] = client[start + k];
        }
        (bytes32 x, bytes32 y) =
            (vm.parseJsonBytes32(json, string.concat(at, ".x")), vm.parseJsonBytes32(json, string.concat(at, ".y")));
        a.signature = abi.encodePacked(
            vm.parseJsonBytes32(json, string.concat(at, ".r")), vm.parseJsonBytes32(json, string.concat(at, ".s"))
        );
        a.keyAndDeadline = abi.encodePacked(x, y, a.deadline);
        bytes memory credential = vm.parseJsonBytes(json, string.concat(at, ".credentialId"));
        account = SsoAccount(factory.deployAccount(x, y, 0, credential, a.origin));
    }
}
