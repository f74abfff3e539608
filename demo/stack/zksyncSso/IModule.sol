// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";

/// @notice What an account asks of its modules (ERC-7579). Executors answer the first two functions only.
interface IModule {
    function isModuleType(uint256 moduleType) external view returns (bool);
    function onInstall(bytes calldata data) external;
    function validateUserOp(PackedUserOperation calldata op, bytes32 userOpHash) external returns (uint256);
    function isValidSignatureWithSender(address sender, bytes32 hash, bytes calldata signature)
        external
        view
        returns (bytes4);
}
