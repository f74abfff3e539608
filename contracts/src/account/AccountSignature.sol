// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {WebAuthnValidator} from "./WebAuthnValidator.sol";

/// @title Signed messages (ERC-1271 through ERC-7739, ERC-5267)
///
/// @notice A passkey never signs a message's hash as such, always one that names this account and chain: a signature
/// for one account is worth nothing for another of the same passkey. Session keys and modules sign no messages.
///
/// @dev https://eips.ethereum.org/EIPS/eip-7739
abstract contract AccountSignature is WebAuthnValidator {
    bytes4 private constant VALID = 0x1626ba7e;
    bytes4 private constant INVALID = 0xffffffff;
    bytes4 private constant ERC7739_SUPPORTED = 0x77390001;
    bytes32 private constant ERC7739_PROBE = 0x7739773977397739773977397739773977397739773977397739773977397739;

    string private constant NAME = "Latchkey";
    string private constant VERSION = "1";
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant PERSONAL_SIGN_TYPEHASH = keccak256("PersonalSign(bytes prefixed)");

    /// @dev Behind the passkey signature: app domain separator 32, contents 32, description, its length 2.
    uint256 private constant APPENDIX_LENGTH = 66;

    /// @notice ERC-1271. `signature` is a passkey signature, with ERC-7739's appendix behind it for typed data.
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (signature.length == 0) return hash == ERC7739_PROBE ? ERC7739_SUPPORTED : INVALID;
        (bool typed, bytes32 nested, uint256 length) = _nestTyped(hash, signature);
        if (!typed) nested = _nestPersonal(hash);
        (bool valid, uint256 deadline) = _checkPasskey(nested, signature[:length]);
        return valid && (deadline == 0 || block.timestamp <= deadline) ? VALID : INVALID;
    }

    /// @notice ERC-5267.
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        return (0x0f, NAME, VERSION, block.chainid, address(this), 0, new uint256[](0));
    }

    /// @dev `TypedDataSign` under the app's domain.
    ///
    /// @return typed False if the appendix does not explain `hash`: then it is a personal message.
    /// @return nested Hash that the passkey signs.
    /// @return length Of the passkey signature in front.
    function _nestTyped(bytes32 hash, bytes calldata signature)
        private
        view
        returns (bool typed, bytes32 nested, uint256 length)
    {
        length = signature.length;
        if (length < APPENDIX_LENGTH) return (false, 0, length);
        uint256 described = uint16(bytes2(signature[length - 2:]));
        if (described == 0 || length < APPENDIX_LENGTH + described) return (false, 0, length);

        bytes calldata appendix = signature[length - APPENDIX_LENGTH - described:];
        bytes32 separator = bytes32(appendix);
        bytes32 contents = bytes32(appendix[32:]);
        if (keccak256(abi.encodePacked(hex"1901", separator, contents)) != hash) return (false, 0, length);

        (bool named, bytes32 typeHash) = _typedDataSignTypeHash(appendix[64:64 + described]);
        length -= APPENDIX_LENGTH + described;
        // With a malformed name nothing can be valid; no key signs zero.
        if (!named) return (true, 0, 0);
        bytes32 struct_ = keccak256(
            abi.encode(
                typeHash,
                contents,
                keccak256(bytes(NAME)),
                keccak256(bytes(VERSION)),
                block.chainid,
                address(this),
                bytes32(0)
            )
        );
        return (true, keccak256(abi.encodePacked(hex"1901", separator, struct_)), length);
    }

    /// @dev `PersonalSign` under the account's domain.
    function _nestPersonal(bytes32 hash) private view returns (bytes32) {
        bytes32 separator = keccak256(
            abi.encode(
                DOMAIN_TYPEHASH, keccak256(bytes(NAME)), keccak256(bytes(VERSION)), block.chainid, address(this)
            )
        );
        bytes32 struct_ = keccak256(abi.encode(PERSONAL_SIGN_TYPEHASH, hash));
        return keccak256(abi.encodePacked(hex"1901", separator, struct_));
    }

    /// @param description contentsType, followed by contentsName unless the type starts with the name.
    function _typedDataSignTypeHash(bytes calldata description) private pure returns (bool named, bytes32) {
        uint256 nameStart;
        uint256 nameEnd;
        uint256 typeEnd = description.length;
        if (description[typeEnd - 1] == ")") {
            while (nameEnd < typeEnd && description[nameEnd] != "(") ++nameEnd;
        } else {
            nameEnd = typeEnd;
            while (typeEnd != 0 && description[typeEnd - 1] != ")") --typeEnd;
            nameStart = typeEnd;
        }
        bytes calldata name = description[nameStart:nameEnd];
        if (!_isTypeName(name)) return (false, 0);
        return (
            true,
            keccak256(
                abi.encodePacked(
                    "TypedDataSign(",
                    name,
                    " contents,string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)",
                    description[:typeEnd]
                )
            )
        );
    }

    /// @dev ERC-7739: not empty, no lower-case or bracket first, no comma, space, bracket or zero byte.
    function _isTypeName(bytes calldata name) private pure returns (bool) {
        if (name.length == 0 || (name[0] >= "a" && name[0] <= "z")) return false;
        for (uint256 i; i < name.length; ++i) {
            bytes1 c = name[i];
            if (c == "," || c == " " || c == "(" || c == ")" || c == 0) return false;
        }
        return true;
    }
}
