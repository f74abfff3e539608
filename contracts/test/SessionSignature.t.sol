// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../src/account/SsoAccount.sol";
import {SessionErrors} from "../src/session/SessionErrors.sol";
import {SessionWallet} from "./fixtures/SessionWallet.sol";
import {SpecBuilder} from "./fixtures/SpecBuilder.sol";

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
    }

    function test_fails_whenSIsHigh() public {
        PackedUserOperation memory o;
        // A high s that fits 255 bits lies between n/2 and 2²⁵⁵; one signature in 2¹²⁸ has it, so only the rule is
        // shown: the same signature with s = n − s and its parity flipped cannot be written in EIP-2098 at all.
        o = payOp(1);
        bytes memory signature = o.signature;
        bytes32 vs;
        assembly {
            vs := mload(add(signature, 0x40))
        }
        uint256 s = SECP_N - (uint256(vs) & (type(uint256).max >> 1));
        assertGt(s, type(uint256).max >> 1);
        vs = bytes32(uint256(0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1));
        assembly {
            mstore(add(signature, 0x40), vs)
        }
        badSignature(o);
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
