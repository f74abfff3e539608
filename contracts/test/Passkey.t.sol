// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";
import {Base64} from "solady/utils/Base64.sol";

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {WebAuthnValidator} from "../src/account/WebAuthnValidator.sol";
import {Wallet} from "./fixtures/Wallet.sol";

contract PasskeyTest is Wallet {
    bytes32 internal constant MAX = bytes32(type(uint256).max);

    function test_works_whenClientDataIsChromiumsOrMinimalOrExtended() public {
        _works();
        rest = "}";
        _works();
        rest = ',"crossOrigin":false,"other_keys_can_be_added_here":"do not compare clientDataJSON"}';
        _works();
    }

    function test_works_whenAuthenticatorDataHasExtensions() public {
        flags = 0x85;
        extensions = hex"a16b686d61632d73656372657458205ce52d8a6f1a1f2c3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809102";
        _works();
        flags = 0x1d; // backup bits do not matter
        _works();
    }

    function test_fails_whenUserWasNotPresentOrNotVerified() public {
        bytes1[4] memory bad = [bytes1(0x00), 0x01, 0x04, 0xfa];
        for (uint256 i; i < bad.length; ++i) {
            flags = bad[i];
            badSignature(_op());
        }
    }

    function test_fails_whenCeremonyWasCrossOriginOrRestIsMalformed() public {
        string[9] memory bad = [
            ',"crossOrigin":true}',
            ',"crossOrigin":true,"topOrigin":"https://evil.example"}',
            ',"crossOrigin":false',
            ',"crossOrigin":falsehood}',
            ',"topOrigin":"https://evil.example"}',
            "",
            " }",
            "}}",
            ',"crossOrigin": false}'
        ];
        for (uint256 i; i < bad.length; ++i) {
            rest = bad[i];
            badSignature(_op());
        }
    }

    function test_fails_whenTypeIsCreate() public {
        signedType = "webauthn.create";
        badSignature(_op());
    }

    function test_fails_whenOriginIsForeign() public {
        origin = "https://evil.example";
        badSignature(_op());
    }

    function test_fails_whenChallengeIsAnothers() public {
        PackedUserOperation memory o = op(0, single(shop, 1, ""));
        o.signature = passkeySignature(keccak256("another"), PASSKEY, uint48(block.timestamp) + TTL);
        badSignature(o);
    }

    function test_fails_whenKeyIsUnknown() public {
        PackedUserOperation memory o = op(0, single(shop, 1, ""));
        o.signature = signPasskey(o, 0xbad);
        badSignature(o);
    }

    function test_fails_whenAnotherKeyClaimsToBeTheKnownOne() public {
        (bytes32 x, bytes32 y) = publicKey(PASSKEY);
        PackedUserOperation memory o = op(0, single(shop, 1, ""));
        o.signature =
            passkeySignatureAs(entryPoint.getUserOpHash(o), 0xbad, uint48(block.timestamp) + TTL, x, y);
        badSignature(o);
    }

    function test_fails_whenSIsHigh() public {
        PackedUserOperation memory o = _op();
        bytes memory signature = o.signature;
        uint256 s;
        assembly {
            s := mload(add(signature, 0x40))
        }
        s = P256_N - s;
        assembly {
            mstore(add(signature, 0x40), s)
        }
        badSignature(o);
    }

    function test_fails_whenROrSIsZeroOrBeyondTheOrder() public {
        bytes32[3] memory bad = [bytes32(0), bytes32(P256_N), MAX];
        for (uint256 i; i < 3; ++i) {
            for (uint256 at = 0x20; at <= 0x40; at += 0x20) {
                PackedUserOperation memory o = _op();
                bytes memory signature = o.signature;
                bytes32 value = bad[i];
                assembly {
                    mstore(add(signature, at), value)
                }
                badSignature(o);
            }
        }
    }

    function test_fails_whenAuthenticatorDataIsShort() public {
        PackedUserOperation memory o = _op();
        o.signature[134] = bytes1(uint8(36));
        badSignature(o);
    }

    /// @dev Signed by the right key, but a byte too short to hold flags and counter.
    function test_fails_whenAuthenticatorDataLacksAByte_althoughItIsSigned() public {
        PackedUserOperation memory o = _op();
        bytes32 hash = entryPoint.getUserOpHash(o);
        for (uint256 length = 36; length < 38; ++length) {
            o.signature = _signed(hash, abi.encodePacked(sha256("rp"), flags, new bytes(length - 33)));
            vm.prank(address(entryPoint));
            assertEq(account.validateUserOp(o, hash, 0), uint256(START + TTL) << 160 | (length == 36 ? 1 : 0));
        }
    }

    function test_answersFailedAndNothingElse_whenTruncated() public {
        PackedUserOperation memory o = _op();
        for (uint256 length; length < 136 + 37; ++length) {
            o.signature = new bytes(length);
            if (length > 134) o.signature[134] = bytes1(uint8(37));
            vm.prank(address(entryPoint));
            assertEq(account.validateUserOp(o, 0, 0), 1);
        }
    }

    function test_fails_whenTruncatedAnywhere() public {
        PackedUserOperation memory o = _op();
        bytes memory whole = o.signature;
        for (uint256 length; length < whole.length; ++length) {
            bytes memory cut = new bytes(length);
            for (uint256 i; i < length; ++i) {
                cut[i] = whole[i];
            }
            o.signature = cut;
            badSignature(o);
        }
    }

    function testFuzz_fails_whenAnyByteIsChanged(uint256 at, bytes1 change) public {
        PackedUserOperation memory o = _op();
        at = bound(at, 0, o.signature.length - 1);
        vm.assume(change != 0);
        o.signature[at] ^= change;
        badSignature(o);
    }

    function test_fails_whenDeadlineIsZeroOrPast() public {
        PackedUserOperation memory o = op(0, single(shop, 1, ""));
        o.signature = passkeySignature(entryPoint.getUserOpHash(o), PASSKEY, 0);
        badSignature(o);
        o.signature = passkeySignature(entryPoint.getUserOpHash(o), PASSKEY, uint48(START + 10));
        uint256 snapshot = vm.snapshotState();
        vm.warp(START + 10);
        handle(o);
        vm.revertToState(snapshot);
        vm.warp(START + 11);
        handleFailsAs(o, "AA22 expired or not due");
    }

    function test_fails_onAnotherChainOrAccount_andOnReplay() public {
        PackedUserOperation memory o = _op();
        uint256 snapshot = vm.snapshotState();
        vm.chainId(block.chainid + 1);
        badSignature(o);
        vm.revertToState(snapshot);
        handle(o);
        handleFailsAs(o, "AA25 invalid account nonce");
        (bytes32 x, bytes32 y) = publicKey(PASSKEY);
        o.sender = factory.deployAccount(x, y, 1, CREDENTIAL, ORIGIN);
        entryPoint.depositTo{value: 1 ether}(o.sender);
        o.nonce = 0;
        badSignature(o);
    }

    function test_isAskedOnlyByEntryPoint() public {
        PackedUserOperation memory o = _op();
        bytes32 hash = entryPoint.getUserOpHash(o);
        vm.expectRevert(abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this)));
        account.validateUserOp(o, hash, 0);
    }

    function test_paysWhatIsMissing() public {
        vm.prank(address(account));
        (bool ok,) = address(entryPoint).call(abi.encodeWithSignature("withdrawTo(address,uint256)", shop, 1 ether));
        assertTrue(ok);
        handle(_op());
        assertLt(address(account).balance, 10 ether - 1);
    }

    function test_paysExactlyWhatIsMissing_andCallsNobodyWhenNothingIs() public {
        PackedUserOperation memory o = _op();
        bytes32 hash = entryPoint.getUserOpHash(o);
        uint256[3] memory amounts = [uint256(1), 2, 1 ether];
        for (uint256 i; i < 3; ++i) {
            uint256 before = entryPoint.balanceOf(address(account));
            vm.prank(address(entryPoint));
            assertEq(account.validateUserOp(o, hash, amounts[i]), uint256(START + TTL) << 160);
            assertEq(entryPoint.balanceOf(address(account)), before + amounts[i]);
        }
        vm.recordLogs();
        vm.prank(address(entryPoint));
        account.validateUserOp(o, hash, 0);
        assertEq(vm.getRecordedLogs().length, 0, "no deposit of nothing");
    }

    function test_addsAndRemoves_butNeverTheLast() public {
        (bytes32 x, bytes32 y) = publicKey(0xbee);
        bytes32 keyId = keyIdOf(0xbee, "https://second.example");
        bytes memory credential = "second-credential";
        vm.expectEmit(address(account));
        emit WebAuthnValidator.PasskeyAdded(keyId, keccak256(credential), x, y, credential, "https://second.example");
        handle(ownerOp(abi.encodeCall(SsoAccount.addPasskey, (x, y, credential, "https://second.example"))));
        assertTrue(account.isPasskey(keyId));
        assertEq(account.passkeyCount(), 2);

        bytes32 first = keyIdOf(PASSKEY, ORIGIN);
        vm.expectEmit(address(account));
        emit WebAuthnValidator.PasskeyRemoved(first, keccak256(CREDENTIAL));
        handle(ownerOp(abi.encodeCall(SsoAccount.removePasskey, (first))));
        assertFalse(account.isPasskey(first));
        badSignature(_op());

        vm.startPrank(address(account));
        vm.expectRevert(WebAuthnValidator.LastPasskey.selector);
        account.removePasskey(keyId);
        vm.expectRevert(abi.encodeWithSelector(WebAuthnValidator.UnknownPasskey.selector, first));
        account.removePasskey(first);
        vm.stopPrank();

        origin = "https://second.example";
        PackedUserOperation memory o = op(0, single(shop, 1, ""));
        o.signature = signPasskey(o, 0xbee);
        handle(o);
    }

    function test_refusesPasskey_whenKnownZeroOffTheCurveOrWithoutOrigin() public {
        (bytes32 x, bytes32 y) = publicKey(PASSKEY);
        vm.startPrank(address(account));
        vm.expectRevert(abi.encodeWithSelector(WebAuthnValidator.PasskeyExists.selector, keyIdOf(PASSKEY, ORIGIN)));
        account.addPasskey(x, y, "other", ORIGIN);
        vm.expectRevert(WebAuthnValidator.InvalidPublicKey.selector);
        account.addPasskey(0, 0, "other", ORIGIN);
        vm.expectRevert(WebAuthnValidator.InvalidPublicKey.selector);
        account.addPasskey(x, bytes32(uint256(y) ^ 1), "other", ORIGIN);
        vm.expectRevert(WebAuthnValidator.InvalidPublicKey.selector);
        account.addPasskey(MAX, y, "other", ORIGIN);
        vm.expectRevert(WebAuthnValidator.InvalidOrigin.selector);
        account.addPasskey(x, y, "other", "");
        vm.expectRevert(WebAuthnValidator.InvalidOrigin.selector);
        account.addPasskey(x, y, "other", string(new bytes(256)));
        account.addPasskey(x, y, CREDENTIAL, string(new bytes(255)));
    }

    function test_refusesStrangers_whenPasskeysChange() public {
        bytes memory reason = abi.encodeWithSelector(SsoAccount.Unauthorized.selector, address(this));
        vm.expectRevert(reason);
        account.addPasskey(0, 0, "", "");
        vm.expectRevert(reason);
        account.removePasskey(0);
        vm.expectRevert(reason);
        account.endSessions();
    }

    function _signed(bytes32 hash, bytes memory auth) private view returns (bytes memory) {
        uint48 deadline = uint48(START + TTL);
        bytes32 challenge = keccak256(abi.encodePacked(hash, deadline));
        bytes memory client = abi.encodePacked(
            '{"type":"webauthn.get","challenge":"',
            Base64.encode(abi.encodePacked(challenge), true, true),
            '","origin":"',
            origin,
            '"',
            rest
        );
        (bytes32 r, bytes32 s) = vm.signP256(PASSKEY, sha256(abi.encodePacked(auth, sha256(client))));
        if (uint256(s) > P256_N / 2) s = bytes32(P256_N - uint256(s));
        (bytes32 x, bytes32 y) = publicKey(PASSKEY);
        return abi.encodePacked(
            abi.encodePacked(r, s, x, y, deadline, uint8(auth.length), uint8(bytes(origin).length)), auth, origin, rest
        );
    }

    function _op() private view returns (PackedUserOperation memory) {
        return ownerOp(single(shop, 1, ""));
    }

    function _works() private {
        uint256 before = shop.balance;
        handle(_op());
        assertEq(shop.balance, before + 1);
    }
}
