// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Deployer} from "./fixtures/Deployer.sol";
import {P256Caller} from "./harness/P256Caller.sol";

/// @dev Values at the borders of their ranges, each one valid on the near side.
contract P256EdgesTest is Deployer {
    uint256 internal constant N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;
    uint256 internal constant P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF;
    uint256 internal constant B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B;
    /// @dev The generator's x: r of nonce 1.
    uint256 internal constant R = 0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296;
    uint256 internal constant KEY = 7;

    P256Caller internal caller = P256Caller(deployTested("P256Caller", ""));
    address internal verifier = deployTested("P256Verifier", "");

    function test_takesTheHighestLowS_andRefusesTheLowestHighOne() public view {
        assertTrue(_isValid(N / 2));
        assertFalse(_isValid(N / 2 + 1));
    }

    function test_takesTheLowestS() public view {
        assertTrue(_isValid(1));
    }

    /// @dev x = 0 is on the curve, and its other names would be other passkeys.
    function test_knowsAPoint_byItsSmallestCoordinatesAlone() public view {
        uint256 y = _rootOf(B);
        assertEq(mulmod(y, y, P), B);
        assertTrue(caller.isPublicKey(0, bytes32(y)));
        assertTrue(caller.isPublicKey(0, bytes32(P - y)));
        assertFalse(caller.isPublicKey(bytes32(P), bytes32(y)));
        assertFalse(caller.isPublicKey(0, 0));
        // The same of y.
        bytes32 x = 0xd7325d7646cd60d80a92738ceb345f844cffaf35841022cab176f692de8de1d7;
        assertTrue(caller.isPublicKey(x, bytes32(uint256(5))));
        assertFalse(caller.isPublicKey(x, bytes32(P + 5)));
    }

    /// @dev With nonce 1: hash = s − r · key.
    function _isValid(uint256 s) private view returns (bool) {
        (uint256 x, uint256 y) = vm.publicKeyP256(KEY);
        bytes32 hash = bytes32(addmod(s, N - mulmod(R, KEY, N), N));
        return caller.verify(verifier, hash, bytes32(R), bytes32(s), bytes32(x), bytes32(y));
    }

    /// @dev P leaves 3 when divided by 4.
    function _rootOf(uint256 value) private view returns (uint256) {
        bytes memory input = abi.encode(32, 32, 32, value, (P + 1) / 4, P);
        (, bytes memory answer) = address(5).staticcall(input);
        return abi.decode(answer, (uint256));
    }
}
