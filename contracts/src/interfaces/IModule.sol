// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

uint256 constant MODULE_TYPE_VALIDATOR = 1;
uint256 constant MODULE_TYPE_EXECUTOR = 2;
uint256 constant MODULE_TYPE_FALLBACK = 3;

/// @title ERC-7579 module
///
/// @dev https://eips.ethereum.org/EIPS/eip-7579#modules
interface IModule {
    /// @notice Called by the account when it installs the module.
    function onInstall(bytes calldata data) external;

    /// @notice Called by the account when it uninstalls the module.
    function onUninstall(bytes calldata data) external;

    /// @notice Whether the module is of the given type.
    function isModuleType(uint256 moduleType) external view returns (bool);
}
