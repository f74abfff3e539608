// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SessionSignature} from "../../src/session/SessionSignature.sol";

/// @title Makes `SessionSignature` callable
contract SessionSignatureCaller {
    function isSigned(bytes32 hash, uint256 r, uint256 vs, address signer) external pure returns (bool) {
        return SessionSignature.isSigned(hash, r, vs, signer);
    }
}
