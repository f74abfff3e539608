// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {P256} from "../p256/P256.sol";
import {AccountStorage} from "./AccountStorage.sol";
import {ClientData} from "./ClientData.sol";

/// @title Passkeys of an account
///
/// @notice Keys live in the account's own storage, so that the first operation needs no staked factory
/// (ERC-7562 STO-010).
///
/// @dev Does not verify: rpIdHash and signCount (the origin is bound into the key's id instead), attestation.
abstract contract WebAuthnValidator {
    /// @notice A passkey was added. The first one is announced by the factory's `AccountCreated`.
    event PasskeyAdded(
        bytes32 indexed keyId, bytes32 indexed credentialHash, bytes32 x, bytes32 y, bytes credentialId, string origin
    );

    /// @notice A passkey was removed.
    event PasskeyRemoved(bytes32 indexed keyId, bytes32 indexed credentialHash);

    /// @notice The public key is zero or not on the curve.
    error InvalidPublicKey();

    /// @notice The origin is empty or longer than 255 bytes.
    error InvalidOrigin();

    /// @notice The passkey is known already.
    error PasskeyExists(bytes32 keyId);

    /// @notice No such passkey.
    error UnknownPasskey(bytes32 keyId);

    /// @notice The last passkey cannot be removed.
    error LastPasskey();

    uint256 private constant FIXED_LENGTH = 136;
    uint256 private constant MIN_AUTHENTICATOR_DATA = 37;
    uint256 private constant USER_PRESENT_AND_VERIFIED = 0x05;

    /// @dev Used where the precompile is missing.
    address internal immutable P256_VERIFIER;

    constructor(address p256Verifier) {
        P256_VERIFIER = p256Verifier;
    }

    /// @notice Whether the passkey `keyId` = keccak256(abi.encode(x, y, keccak256(origin))) owns this account.
    function isPasskey(bytes32 keyId) public view returns (bool) {
        return AccountStorage.layout().keys[keyId] != 0;
    }

    /// @notice Number of passkeys that own this account.
    function passkeyCount() external view returns (uint256) {
        return uint256(AccountStorage.layout().config.extraKeys) + 1;
    }

    /// @dev Layout of `signature`: contracts/README.md, "Passkey signature".
    ///
    /// @return valid Whether a passkey of this account signed `hash` and `deadline`.
    /// @return deadline Unix seconds up to which the signature counts; 0 for no end. Not checked here.
    function _checkPasskey(bytes32 hash, bytes calldata signature)
        internal
        view
        returns (bool valid, uint256 deadline)
    {
        if (signature.length < FIXED_LENGTH) return (false, 0);
        uint256 origin = FIXED_LENGTH + uint8(signature[134]);
        uint256 rest = origin + uint8(signature[135]);
        if (signature.length < rest) return (false, 0);

        deadline = uint48(bytes6(signature[128:134]));
        bytes32 message;
        (valid, message) = _checkAssertion(hash, signature, origin, rest);
        if (!valid) return (false, deadline);
        valid = P256.verify(
            P256_VERIFIER,
            message,
            bytes32(signature),
            bytes32(signature[32:]),
            bytes32(signature[64:]),
            bytes32(signature[96:])
        );
    }

    /// @dev Adds a passkey beside the first one.
    function _addPasskey(bytes32 x, bytes32 y, bytes calldata credentialId, string calldata origin)
        internal
        returns (bytes32 keyId)
    {
        if (!P256.isPublicKey(x, y)) revert InvalidPublicKey();
        if (bytes(origin).length == 0 || bytes(origin).length > 255) revert InvalidOrigin();
        keyId = _keyIdOf(x, y, origin);
        AccountStorage.Layout storage $ = AccountStorage.layout();
        if ($.keys[keyId] != 0) revert PasskeyExists(keyId);
        bytes32 credentialHash = keccak256(credentialId);
        $.keys[keyId] = credentialHash;
        $.config.extraKeys += 1;
        emit PasskeyAdded(keyId, credentialHash, x, y, credentialId, origin);
    }

    function _keyIdOf(bytes32 x, bytes32 y, string calldata origin) internal pure returns (bytes32) {
        return keccak256(abi.encode(x, y, keccak256(bytes(origin))));
    }

    /// @dev Removes a passkey, never the last.
    function _removePasskey(bytes32 keyId) internal {
        AccountStorage.Layout storage $ = AccountStorage.layout();
        bytes32 credentialHash = $.keys[keyId];
        if (credentialHash == 0) revert UnknownPasskey(keyId);
        if ($.config.extraKeys == 0) revert LastPasskey();
        delete $.keys[keyId];
        $.config.extraKeys -= 1;
        emit PasskeyRemoved(keyId, credentialHash);
    }

    /// @param origin Where it starts in the signature, behind the authenticator data.
    /// @param rest Where it starts.
    ///
    /// @return ok Whether the key is known for the origin, the user was verified, and the ceremony was not cross-origin.
    /// @return message What the key must have signed.
    function _checkAssertion(bytes32 hash, bytes calldata signature, uint256 origin, uint256 rest)
        private
        view
        returns (bool ok, bytes32 message)
    {
        uint256 start;
        bytes32 challenge;
        bytes32 keyId;
        assembly ("memory-safe") {
            start := signature.offset
            mstore(0, hash)
            calldatacopy(0x20, add(start, 128), 6)
            challenge := keccak256(0, 38)
        }
        unchecked {
            bytes32 originHash;
            (message, originHash) = ClientData.messageHash(
                challenge, start + FIXED_LENGTH, start + origin, start + rest, start + signature.length
            );
            assembly ("memory-safe") {
                let m := mload(0x40)
                calldatacopy(m, add(start, 64), 0x40)
                mstore(add(m, 0x40), originHash)
                keyId := keccak256(m, 0x60)
            }
            ok = AccountStorage.layout().keys[keyId] != 0 && origin >= FIXED_LENGTH + MIN_AUTHENTICATOR_DATA
                && uint8(signature[FIXED_LENGTH + 32]) & USER_PRESENT_AND_VERIFIED == USER_PRESENT_AND_VERIFIED
                && ClientData.isSameOriginRest(signature[rest:]);
        }
    }
}
