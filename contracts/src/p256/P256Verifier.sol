// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {P256 as Curve} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @title P-256 verifier for chains without the precompile
///
/// @notice Takes the precompile's input (hash, r, s, x, y) as plain words; answers one word, 1 or 0. No selector.
///
/// @dev High s is invalid here, as everywhere in these contracts.
contract P256Verifier {
    fallback(bytes calldata input) external returns (bytes memory) {
        if (input.length != 160) return abi.encode(uint256(0));
        (bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) =
            abi.decode(input, (bytes32, bytes32, bytes32, bytes32, bytes32));
        return abi.encode(Curve.verifySolidity(hash, r, s, x, y));
    }
}
