// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {AccountStorage} from "./AccountStorage.sol";

/// @title What others may call: token receivers, ERC-165, fallback handlers
///
/// @dev Plain ETH never comes here: the proxy takes it.
abstract contract AccountFallback {
    /// @notice No handler is installed for this function.
    error NoFallbackHandler(bytes4 selector);

    /// @notice ERC-721.
    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC721Received.selector;
    }

    /// @notice ERC-1155.
    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC1155Received.selector;
    }

    /// @notice ERC-1155.
    function onERC1155BatchReceived(address, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        pure
        returns (bytes4)
    {
        return this.onERC1155BatchReceived.selector;
    }

    /// @notice ERC-165: itself, both receivers, ERC-1271.
    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x150b7a02 || id == 0x4e2312e0 || id == 0x1626ba7e;
    }

    /// @dev ERC-7579 fallback, by STATICCALL alone, with the caller appended (ERC-2771): a handler reads, nothing else.
    fallback(bytes calldata data) external returns (bytes memory result) {
        address handler = AccountStorage.layout().fallbacks[msg.sig];
        if (handler == address(0)) revert NoFallbackHandler(msg.sig);
        bool success;
        (success, result) = handler.staticcall(abi.encodePacked(data, msg.sender));
        if (!success) {
            assembly ("memory-safe") {
                revert(add(result, 0x20), mload(result))
            }
        }
    }
}
