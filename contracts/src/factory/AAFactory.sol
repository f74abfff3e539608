// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {AccountProxy} from "../account/AccountProxy.sol";
import {SsoAccount} from "../account/SsoAccount.sol";

/// @title Account factory
///
/// @notice Deploys accounts at addresses that follow from the passkey alone, the same on every chain.
///
/// @dev No storage and no stake, so that an operation may create its own sender (ERC-7562).
/// @dev Does not verify: that the caller owns the passkey or that the key is on the curve. Nobody gains by deploying
/// someone else's account: it is the same account.
contract AAFactory {
    /// @notice An account was deployed. The first passkey is announced by this event alone.
    event AccountCreated(
        address indexed account,
        bytes32 indexed credentialHash,
        bytes32 x,
        bytes32 y,
        bytes credentialId,
        string origin,
        uint256 index
    );

    /// @notice The account could not be created.
    error AccountCreationFailed();

    /// @notice Implementation of new accounts.
    SsoAccount public immutable implementation;

    /// @notice Hash of the creation code of an account.
    bytes32 public immutable proxyInitCodeHash;

    constructor(address sessionModule, address guardianModule, address p256Verifier) {
        implementation = new SsoAccount(address(this), sessionModule, guardianModule, p256Verifier);
        proxyInitCodeHash = keccak256(AccountProxy.initCode(address(implementation)));
    }

    /// @notice Deploys the account of a passkey, or returns it if it stands already.
    ///
    /// @param x Public key of the passkey on P-256, first coordinate.
    /// @param y Second coordinate.
    /// @param index 0 for the passkey's first account.
    /// @param credentialId WebAuthn id of the passkey.
    /// @param origin Origin that its client data names, 1 to 255 bytes.
    function deployAccount(bytes32 x, bytes32 y, uint256 index, bytes calldata credentialId, string calldata origin)
        external
        returns (address account)
    {
        bytes32 salt = _saltOf(x, y, index, keccak256(credentialId), keccak256(bytes(origin)));
        account = _addressOf(salt);
        if (account.code.length != 0) return account;
        _create(salt, account);
        SsoAccount(account).initialize(_keyIdOf(x, y, origin), keccak256(credentialId));
        emit AccountCreated(account, keccak256(credentialId), x, y, credentialId, origin, index);
    }

    /// @notice Address of the account that `deployAccount` deploys with the same arguments.
    function getAddress(bytes32 x, bytes32 y, uint256 index, bytes calldata credentialId, string calldata origin)
        external
        view
        returns (address)
    {
        return _addressOf(_saltOf(x, y, index, keccak256(credentialId), keccak256(bytes(origin))));
    }

    function _create(bytes32 salt, address expected) private {
        bytes memory initCode = AccountProxy.initCode(address(implementation));
        address created;
        assembly ("memory-safe") {
            created := create2(0, add(initCode, 0x20), mload(initCode), salt)
        }
        if (created != expected) revert AccountCreationFailed();
    }

    function _keyIdOf(bytes32 x, bytes32 y, string calldata origin) private pure returns (bytes32) {
        return keccak256(abi.encode(x, y, keccak256(bytes(origin))));
    }

    function _saltOf(bytes32 x, bytes32 y, uint256 index, bytes32 credentialHash, bytes32 originHash)
        private
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(x, y, credentialHash, originHash, index));
    }

    function _addressOf(bytes32 salt) private view returns (address) {
        return address(
            uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, proxyInitCodeHash))))
        );
    }
}
