// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Calls} from "../../src/account/Calls.sol";

/// @title Makes `Calls` callable
contract CallsReader {
    function checkBatch(bytes calldata data) external pure {
        Calls.checkBatch(data);
    }

    /// @dev `data` must be canonical.
    function count(bytes calldata data) external pure returns (uint256) {
        return Calls.count(data);
    }

    /// @dev `data` must be canonical.
    function item(bytes calldata data, uint256 i) external pure returns (address, uint256, bytes memory) {
        return Calls.item(data, i);
    }
}
