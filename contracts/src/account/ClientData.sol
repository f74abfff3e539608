// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Base64Url} from "./Base64Url.sol";

/// @title WebAuthn client data
///
/// @dev Serialised as https://www.w3.org/TR/webauthn-3/#clientdatajson-serialization prescribes, so that rebuilding it
/// stands for parsing it.
library ClientData {
    /// @notice Hash that a passkey signs: sha256(authenticatorData ‖ sha256(clientDataJSON)).
    ///
    /// @dev In assembly: copying each part to its place once is less than half of what concatenation costs.
    ///
    /// @param authAt Calldata offset of the authenticator data; it ends where the origin starts.
    /// @param originAt Calldata offset; it ends where the rest starts.
    /// @param restAt Calldata offset of what follows the origin's closing quote.
    /// @param end Calldata offset where the rest ends.
    ///
    /// @return message What the passkey signs.
    /// @return originHash keccak256 of the origin.
    function messageHash(bytes32 challenge, uint256 authAt, uint256 originAt, uint256 restAt, uint256 end)
        internal
        view
        returns (bytes32 message, bytes32 originHash)
    {
        (bytes32 first, bytes32 last) = Base64Url.encode(challenge);
        assembly ("memory-safe") {
            // 0: 36 bytes of JSON, 36: the challenge's 43 characters, 79: 12 bytes of JSON, 91: the origin.
            let m := mload(0x40)
            mstore(m, '{"type":"webauthn.get","challeng')
            mstore(add(m, 0x20), 'e":"')
            mstore(add(m, 36), first)
            mstore(add(m, 68), last)
            mstore(add(m, 79), '","origin":"')
            let length := sub(restAt, originAt)
            let at := add(m, 91)
            calldatacopy(at, originAt, length)
            originHash := keccak256(at, length)
            at := add(at, length)
            mstore8(at, 0x22)
            length := sub(end, restAt)
            calldatacopy(add(at, 1), restAt, length)
            at := add(add(at, 1), length)

            // sha256 answers 32 bytes or has run out of gas.
            if iszero(staticcall(gas(), 2, m, sub(at, m), 0, 0x20)) { revert(0, 0) }
            length := sub(originAt, authAt)
            calldatacopy(m, authAt, length)
            mstore(add(m, length), mload(0))
            if iszero(staticcall(gas(), 2, m, add(length, 0x20), 0, 0x20)) { revert(0, 0) }
            message := mload(0)
        }
    }

    /// @notice Whether `rest` closes the object, or says first that the ceremony was not in a cross-origin frame.
    function isSameOriginRest(bytes calldata rest) internal pure returns (bool) {
        if (rest.length == 1) return rest[0] == "}";
        if (rest.length < 21) return false;
        // Compared as words: 20 bytes, then the one behind them.
        uint256 word = uint256(bytes32(rest[:21]));
        uint256 next = uint8(word >> 88);
        return bytes20(bytes32(word)) == bytes20(',"crossOrigin":false') && (next == 0x2c || next == 0x7d);
    }
}
