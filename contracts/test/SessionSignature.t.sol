// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";
import {SessionSignatureCaller} from "./harness/SessionSignatureCaller.sol";

contract SessionSignatureTest is SessionWallet {
    uint256 internal constant SECP_N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function setUp() public override {
        super.setUp();
        create(paySpec(SpecBuilder.lifetime(100)));
    }

    function test_fails_whenAnotherKeySigned() public {
        PackedUserOperation memory o = payOp(1);
        o.signature = signSessionAs(0xbad, o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
        badSignature(o);
    }

    /// @dev SIG_VALIDATION_FAILED, not an aggregator: estimation reads it.
    function test_answersOneBesideTheTimes_whenTheSignatureIsWrong() public {
        PackedUserOperation memory o = payOp(1);
        bytes32 hash = entryPoint.getUserOpHash(o);
        vm.prank(address(entryPoint));
        assertEq(uint160(account.validateUserOp(o, hash, 0)), 0);
        o.signature = signSessionAs(0xbad, o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
        vm.prank(address(entryPoint));
        assertEq(uint160(account.validateUserOp(o, hash, 0)), 1);
    }

    function test_fails_whenSignatureIsTheEstimationStub() public {
        PackedUserOperation memory o = payOp(1);
        o.signature = abi.encodePacked(
            bytes32(0), bytes32(0), uint48(block.timestamp), uint48(block.timestamp) + TTL, uint8(0), spec
        );
        badSignature(o);
    }

    function test_runsEveryCheck_whenSignatureIsTheEstimationStub() public {
        PackedUserOperation memory o = payOp(101);
        o.signature = abi.encodePacked(
            bytes32(0), bytes32(0), uint48(block.timestamp), uint48(block.timestamp) + TTL, uint8(0), spec
        );
        handleFails(o, abi.encodeWithSelector(SessionErrors.LifetimeUsageExceeded.selector, 101, 100));
    }

    function test_fails_whenTimeOrDeadlineWereChanged() public {
        PackedUserOperation memory o = payOp(1);
        o.signature[69] ^= 0x01;
        badSignature(o);
        o = payOp(1);
        o.signature[75] ^= 0x01;
        badSignature(o);
    }

    function test_fails_whenOperationWasChanged() public {
        PackedUserOperation memory o = payOp(1);
        o.callData = single(address(token), 0, payData(2));
        badSignature(o);
        o = payOp(1);
        o.preVerificationGas += 1;
        badSignature(o);
    }

    function test_fails_whenSpecIsSwapped_betweenSessionsOfOneSigner() public {
        bytes memory first = spec;
        create(paySpec(SpecBuilder.unlimited()));
        bytes memory second = spec;
        PackedUserOperation memory o = payOp(1);
        uint48 time = uint48(block.timestamp);
        // Signed for the second, sent with the first, and the other way about.
        bytes memory head = new bytes(77);
        for (uint256 i; i < 77; ++i) {
            head[i] = o.signature[i];
        }
        o.signature = abi.encodePacked(head, first);
        badSignature(o);
        spec = first;
        o.signature = signSession(o, hex"00", time, time + TTL);
        for (uint256 i; i < 77; ++i) {
            head[i] = o.signature[i];
        }
        o.signature = abi.encodePacked(head, second);
        badSignature(o);
    }

    function test_fails_whenSpecIsUnknown() public {
        PackedUserOperation memory o = payOp(1);
        o.signature = abi.encodePacked(o.signature, uint8(0));
        handleFails(o, abi.encodeWithSelector(SessionErrors.SessionNotActive.selector));
        spec = SpecBuilder.pack(paySpec(SpecBuilder.lifetime(101)));
        handleFails(payOp(1), abi.encodeWithSelector(SessionErrors.SessionNotActive.selector));
    }

    function test_fails_whenSignatureIsTooShort() public {
        PackedUserOperation memory o = payOp(1);
        o.signature = new bytes(76 + 1 + 37);
        handleFails(o, abi.encodeWithSelector(SessionErrors.InvalidSignatureFormat.selector));
        o.signature = "";
        handleFails(o, abi.encodeWithSelector(SessionErrors.InvalidSignatureFormat.selector));
        // With room for a header it is long enough to be read.
        o.signature = new bytes(76 + 1 + 38);
        handleFails(o, abi.encodeWithSelector(SessionErrors.SessionNotActive.selector));
        uint256[] memory amounts = new uint256[](3);
        o = payBatch(amounts);
        o.signature = new bytes(76 + 3 + 37);
        handleFails(o, abi.encodeWithSelector(SessionErrors.InvalidSignatureFormat.selector));
    }

    /// @dev A high s that fits EIP-2098's 255 bits lies in a window of 2¹²⁸ values: no signer finds one for a given hash, so
    /// the hash is chosen for the signature here. `ecrecover` takes both twins; the rule alone tells them apart.
    function test_fails_whenSIsHigh_althoughItsTwinIsValid() public {
        SessionSignatureCaller caller = SessionSignatureCaller(deployTested("SessionSignatureCaller", ""));
        uint256 half = SECP_N / 2;
        uint256[4] memory high = [half + 1, half + 2, half + 2 ** 100, type(uint256).max >> 1];
        for (uint256 i; i < high.length; ++i) {
            uint256 s = high[i];
            // Nonce 1: r is the generator's x, whose y is even. hash = s · 1 − r · key.
            uint256 r = 0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798;
            uint256 hash = addmod(s, SECP_N - mulmod(r, SESSION_KEY, SECP_N), SECP_N);
            address signer = vm.addr(SESSION_KEY);
            assertEq(ecrecover(bytes32(hash), 27, bytes32(r), bytes32(s)), signer, "the high twin is a signature");
            assertFalse(caller.isSigned(bytes32(hash), r, s, signer));
            assertTrue(caller.isSigned(bytes32(hash), r, 1 << 255 | (SECP_N - s), signer), "the low twin");
        }
    }

    function test_passes_whenSIsTheHighestLowOne() public {
        SessionSignatureCaller caller = SessionSignatureCaller(deployTested("SessionSignatureCaller", ""));
        uint256 r = 0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798;
        uint256 hash = addmod(SECP_N / 2, SECP_N - mulmod(r, SESSION_KEY, SECP_N), SECP_N);
        assertTrue(caller.isSigned(bytes32(hash), r, SECP_N / 2, vm.addr(SESSION_KEY)));
    }

    function test_fails_whenNothingIsRecovered_althoughTheSignerIsZero() public {
        SessionSignatureCaller caller = SessionSignatureCaller(deployTested("SessionSignatureCaller", ""));
        assertFalse(caller.isSigned("hash", 0, 0, address(0)));
        assertFalse(caller.isSigned("hash", SECP_N, 1, address(0)));
    }

    function test_failsOnReplay() public {
        PackedUserOperation memory o = payOp(1);
        handle(o);
        handleFailsAs(o, "AA25 invalid account nonce");
    }

    function test_fails_onAnotherChain() public {
        PackedUserOperation memory o = payOp(1);
        vm.chainId(block.chainid + 1);
        badSignature(o);
    }

    function test_fails_forAnotherAccountWithTheSameSession() public {
        PackedUserOperation memory o = payOp(1);
        account = SsoAccount(_second());
        entryPoint.depositTo{value: 1 ether}(address(account));
        vm.prank(address(account));
        sessions.createSession(spec);
        o.sender = address(account);
        badSignature(o);
        handle(payOp(1)); // signed for it, but it holds no tokens: the call reverts, the operation passes
    }

    function test_fails_inThePasskeyLane() public {
        PackedUserOperation memory o = payOp(1);
        o.nonce = entryPoint.getNonce(address(account), 0);
        o.signature = signSession(o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
        badSignature(o);
    }

    function test_works_inEveryLane() public {
        for (uint192 lane; lane < 3; ++lane) {
            PackedUserOperation memory o = op(sessionNonceKey() | lane, single(address(token), 0, payData(1)));
            o.signature = signSession(o, hex"00", uint48(block.timestamp), uint48(block.timestamp) + TTL);
            handle(o);
        }
        assertEq(token.balanceOf(shop), 3);
    }

    function _second() private returns (address) {
        (bytes32 x, bytes32 y) = publicKey(PASSKEY);
        return factory.deployAccount(x, y, 1, CREDENTIAL, ORIGIN);
    }
}
