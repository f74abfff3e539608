// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {Base64} from "solady/src/utils/Base64.sol";
import {JSONParserLib} from "solady/src/utils/JSONParserLib.sol";

/// @title WebAuthnValidator
///
/// @notice A double of the public passkey module: keys by (origin, credential id, account), the operation's hash as the challenge.
contract WebAuthnValidator {
    using JSONParserLib for JSONParserLib.Item;
    using JSONParserLib for string;

    /// @dev User present and user verified.
    bytes1 private constant FLAGS = 0x05;

    mapping(bytes32 originAndCredential => mapping(address account => bytes32[2] key)) private _keys;

    event PasskeyCreated(address indexed keyOwner, string domain, bytes credentialId);
    event PasskeyRemoved(address indexed keyOwner, string domain, bytes credentialId);

    error InvalidFlags(bytes1 flags);
    error InvalidClientData(string field);
    error InvalidKey();
    error KeyAlreadyExists();

    function isModuleType(uint256 moduleType) external pure returns (bool) {
        return moduleType == 1;
    }

    function onInstall(bytes calldata data) external {
        if (data.length == 0) return;
        (bytes memory credentialId, bytes32[2] memory key, string memory domain) =
            abi.decode(data, (bytes, bytes32[2], string));
        addValidationKey(credentialId, key, domain);
    }

    function addValidationKey(bytes memory credentialId, bytes32[2] memory key, string memory domain) public {
        uint256 length = bytes(domain).length;
        if (length == 0 || length > 255 || credentialId.length < 16) revert InvalidKey();
        if (key[0] == 0 && key[1] == 0) revert InvalidKey();
        bytes32[2] storage slot = _keys[_idOf(domain, credentialId)][msg.sender];
        if (slot[0] != 0 || slot[1] != 0) revert KeyAlreadyExists();
        (slot[0], slot[1]) = (key[0], key[1]);
        emit PasskeyCreated(msg.sender, domain, credentialId);
    }

    function removeValidationKey(bytes memory credentialId, string memory domain) external {
        delete _keys[_idOf(domain, credentialId)][msg.sender];
        emit PasskeyRemoved(msg.sender, domain, credentialId);
    }

    function getAccountKey(string calldata domain, bytes calldata credentialId, address account)
        external
        view
        returns (bytes32[2] memory)
    {
        return _keys[_idOf(domain, credentialId)][account];
    }

    function validateUserOp(PackedUserOperation calldata op, bytes32 userOpHash) external view returns (uint256) {
        return _isSigned(userOpHash, op.signature[20:]) ? 0 : 1;
    }

    function isValidSignatureWithSender(address, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bytes4)
    {
        return _isSigned(hash, signature) ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }

    function _isSigned(bytes32 hash, bytes calldata signature) private view returns (bool) {
        (bytes memory authenticatorData, string memory clientData, bytes32[2] memory rs, bytes memory credentialId) =
            abi.decode(signature, (bytes, string, bytes32[2], bytes));
        if (authenticatorData[32] & FLAGS != FLAGS) revert InvalidFlags(authenticatorData[32]);
        (bool isAsked, string memory origin) = _readClientData(clientData, hash);
        bytes32[2] storage key = _keys[_idOf(origin, credentialId)][msg.sender];
        bytes32 message = sha256(bytes.concat(authenticatorData, sha256(bytes(clientData))));
        return isAsked && P256.verify(message, rs[0], rs[1], key[0], key[1]);
    }

    function _readClientData(string memory clientData, bytes32 hash)
        private
        pure
        returns (bool isAsked, string memory origin)
    {
        JSONParserLib.Item memory root = clientData.parse();
        if (keccak256(bytes(_textAt(root, '"type"'))) != keccak256("webauthn.get")) revert InvalidClientData("type");
        JSONParserLib.Item memory cross = root.at('"crossOrigin"');
        if (!cross.isUndefined() && keccak256(bytes(cross.value())) != keccak256("false")) {
            revert InvalidClientData("crossOrigin");
        }
        bytes memory challenge = Base64.decode(_textAt(root, '"challenge"'));
        isAsked = challenge.length == 32 && bytes32(challenge) == hash;
        origin = _textAt(root, '"origin"');
    }

    function _textAt(JSONParserLib.Item memory root, string memory name) private pure returns (string memory) {
        return root.at(name).value().decodeString();
    }

    function _idOf(string memory domain, bytes memory credentialId) private pure returns (bytes32) {
        return keccak256(abi.encode(domain, credentialId));
    }
}
