// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Storage of an account (ERC-7201 `latchkey.account`)
///
/// @dev https://eips.ethereum.org/EIPS/eip-7201
library AccountStorage {
    /// @dev One slot, zero at birth: the first passkey, the session module and the guardian are there without a write.
    struct Config {
        uint16 extraModules;
        uint32 sessionEpoch;
        uint16 extraKeys;
        bool sessionsOff;
        bool guardianOff;
    }

    /// @custom:storage-location erc7201:latchkey.account
    struct Layout {
        Config config;
        mapping(bytes32 keyId => bytes32 credentialHash) keys;
        mapping(address module => uint256 typeBits) modules;
        mapping(bytes4 selector => address handler) fallbacks;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("latchkey.account")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 internal constant SLOT = 0x271c4ec484bd56e2fd23250a3f40474c1fa53c0ae4a127283b48c54c6b3d4300;

    function layout() internal pure returns (Layout storage $) {
        assembly ("memory-safe") {
            $.slot := SLOT
        }
    }
}
