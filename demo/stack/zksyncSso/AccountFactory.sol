// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {BeaconProxy} from "@openzeppelin/contracts/proxy/beacon/BeaconProxy.sol";

/// @title AccountFactory
///
/// @notice A double of the public factory: the salt covers the caller.
contract AccountFactory {
    address public immutable BEACON;

    event AccountCreated(address indexed account, address indexed deployer);

    constructor(address beacon) {
        BEACON = beacon;
    }

    function deployAccount(bytes32 salt, bytes calldata initData) external returns (address account) {
        bytes32 own = keccak256(abi.encodePacked(msg.sender, salt));
        account = address(new BeaconProxy{salt: own}(BEACON, initData));
        emit AccountCreated(account, msg.sender);
    }

    /// @notice Creation code of the accounts' proxy, without constructor arguments.
    function proxyCreationCode() external pure returns (bytes memory) {
        return type(BeaconProxy).creationCode;
    }
}
