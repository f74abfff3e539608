// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Base64} from "solady/utils/Base64.sol";

/// @title WebAuthn client data
///
/// @dev Serialised as https://www.w3.org/TR/webauthn-3/#clientdatajson-serialization prescribes, so that rebuilding it
/// stands for parsing it.
library ClientData {
    /// @notice Hash that a passkey signs: sha256(authenticatorData ‖ sha256(clientDataJSON)).
    ///
    /// @param rest What follows the origin's closing quote.
    function messageHash(
        bytes32 challenge,
        bytes calldata authenticatorData,
        bytes calldata origin,
        bytes calldata rest
    ) internal pure returns (bytes32) {
        bytes32 clientDataHash = sha256(
            abi.encodePacked(
                '{"type":"webauthn.get","challenge":"',
                Base64.encode(abi.encodePacked(challenge), true, true),
                '","origin":"',
                origin,
                '"',
                rest
            )
        );
        return sha256(abi.encodePacked(authenticatorData, clientDataHash));
    }

    /// @notice Whether `rest` closes the object, or says first that the ceremony was not in a cross-origin frame.
    function isSameOriginRest(bytes calldata rest) internal pure returns (bool) {
        if (rest.length == 1) return rest[0] == "}";
        if (rest.length < 21) return false;
        bytes1 next = rest[20];
        return bytes20(rest[:20]) == bytes20(',"crossOrigin":false') && (next == "," || next == "}");
    }
}
