// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {P256} from "../../src/p256/P256.sol";

/// @title Makes `P256` callable
contract P256Caller {
    function verify(address verifier, bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y)
        external
        view
        returns (bool)
    {
        return P256.verify(verifier, hash, r, s, x, y);
    }

    function isPublicKey(bytes32 x, bytes32 y) external pure returns (bool) {
        return P256.isPublicKey(x, y);
    }
}
