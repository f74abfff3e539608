// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {P256} from "../src/p256/P256.sol";
import {P256Verifier} from "../src/p256/P256Verifier.sol";
import {Deployer} from "./fixtures/Deployer.sol";
import {P256Caller} from "./harness/P256Caller.sol";

/// @dev What holds with the precompile and without.
abstract contract P256Cases is Deployer {
    struct Vector {
        bytes32 hash;
        bytes32 r;
        bytes32 s;
        bytes32 x;
        bytes32 y;
        bool valid;
        string comment;
    }

    uint256 internal constant N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;

    P256Caller internal caller = P256Caller(deployTested("P256Caller", ""));
    address internal verifier = deployTested("P256Verifier", "");

    function testFuzz_verifies_andRefusesHighS(uint256 key, bytes32 hash) public view {
        (bytes32 r, bytes32 s, bytes32 x, bytes32 y) = _sign(key, hash);
        assertTrue(caller.verify(verifier, hash, r, s, x, y));
        assertFalse(caller.verify(verifier, hash, r, bytes32(N - uint256(s)), x, y));
        assertFalse(caller.verify(verifier, hash, r, s, y, x));
        assertFalse(caller.verify(verifier, keccak256(abi.encode(hash)), r, s, x, y));
    }

    function test_agreesWithEveryVector() public view {
        string memory json = vm.readFile("test/vectors/p256.json");
        string memory description = "Vector(bytes32 hash,bytes32 r,bytes32 s,bytes32 x,bytes32 y,bool valid,string comment)";
        Vector[] memory vectors = abi.decode(vm.parseJsonTypeArray(json, ".tests", description), (Vector[]));
        assertGt(vectors.length, 100);
        for (uint256 i; i < vectors.length; ++i) {
            Vector memory v = vectors[i];
            assertEq(caller.verify(verifier, v.hash, v.r, v.s, v.x, v.y), v.valid, v.comment);
            (, bytes memory answer) = verifier.staticcall(abi.encode(v.hash, v.r, v.s, v.x, v.y));
            assertEq(abi.decode(answer, (bool)), v.valid, v.comment);
        }
    }

    function testFuzz_agrees_whenAskedInSolidity(uint256 key, bytes32 hash, bool spoil) public view {
        (bytes32 r, bytes32 s, bytes32 x, bytes32 y) = _sign(key, hash);
        if (spoil) hash = keccak256(abi.encode(hash));
        (bool ok, bytes memory answer) = verifier.staticcall(abi.encode(hash, r, s, x, y));
        assertTrue(ok);
        assertEq(abi.decode(answer, (uint256)), spoil ? 0 : 1);
    }

    function test_answersZero_whenInputIsMalformed() public view {
        (bool ok, bytes memory answer) = verifier.staticcall(new bytes(159));
        assertTrue(ok);
        assertEq(abi.decode(answer, (uint256)), 0);
        (ok, answer) = verifier.staticcall(new bytes(160));
        assertTrue(ok);
        assertEq(abi.decode(answer, (uint256)), 0);
    }

    function testFuzz_knowsTheCurve(uint256 key) public view {
        (uint256 x, uint256 y) = vm.publicKeyP256(bound(key, 1, N - 1));
        assertTrue(caller.isPublicKey(bytes32(x), bytes32(y)));
        assertFalse(caller.isPublicKey(bytes32(x), bytes32(y ^ 1)));
        assertFalse(caller.isPublicKey(bytes32(y), bytes32(x)));
    }

    function _sign(uint256 key, bytes32 hash) internal pure returns (bytes32 r, bytes32 s, bytes32 x, bytes32 y) {
        key = bound(key, 1, N - 1);
        (r, s) = vm.signP256(key, hash);
        if (uint256(s) > N / 2) s = bytes32(N - uint256(s));
        (uint256 px, uint256 py) = vm.publicKeyP256(key);
        (x, y) = (bytes32(px), bytes32(py));
    }
}

/// @dev Runs on a chain with the precompile.
contract P256Test is P256Cases {
    function test_doesNotAskTheVerifier_whenTheSignatureIsInvalid() public {
        (bytes32 r, bytes32 s, bytes32 x, bytes32 y) = _sign(7, "hash");
        address trap = makeAddr("trap");
        vm.expectCall(trap, "", 0);
        assertFalse(caller.verify(trap, "other hash", r, s, x, y));
    }

    function test_reverts_whenGasRunsOut() public {
        (bytes32 r, bytes32 s, bytes32 x, bytes32 y) = _sign(7, "hash");
        vm.expectRevert(P256.P256OutOfGas.selector);
        caller.verify{gas: 7_500}(verifier, "hash", r, s, x, y);
    }
}

/// @dev Runs on a chain without the precompile.
/// forge-config: default.evm_version = "prague"
contract P256WithoutPrecompileTest is P256Cases {
    function test_reverts_whenGasRunsOut() public {
        (bytes32 r, bytes32 s, bytes32 x, bytes32 y) = _sign(7, "hash");
        vm.expectRevert(P256.P256OutOfGas.selector);
        caller.verify{gas: 100_000}(verifier, "hash", r, s, x, y);
    }

    function test_hasNoPrecompile() public view {
        (, bytes memory answer) = address(0x100).staticcall(new bytes(160));
        assertEq(answer.length, 0);
    }
}
