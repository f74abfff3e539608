// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {MODULE_TYPE_EXECUTOR, MODULE_TYPE_VALIDATOR} from "../interfaces/IModule.sol";
import {IGuardedAccount} from "../interfaces/IGuardedAccount.sol";
import {ISessionAccount} from "../interfaces/ISessionAccount.sol";
import {ISessionModule} from "../interfaces/ISessionModule.sol";
import {IValidator} from "../interfaces/IValidator.sol";
import {AccountExecution} from "./AccountExecution.sol";
import {AccountFallback} from "./AccountFallback.sol";
import {AccountSignature} from "./AccountSignature.sol";
import {AccountStorage} from "./AccountStorage.sol";
import {Calls} from "./Calls.sol";
import {ModuleRegistry} from "./ModuleRegistry.sol";
import {WebAuthnValidator} from "./WebAuthnValidator.sol";

/// @title Latchkey account
///
/// @notice Owned by passkeys, driven by session keys. What an operation may do follows from its nonce: validator 0 is
/// the owner, every other validator is restricted to plain calls that touch neither the account nor its machinery.
///
/// @dev ERC-4337 v0.8, ERC-7579, ERC-1271 through ERC-7739. Rules and layouts: contracts/README.md.
/// @dev Does not verify: what owner-approved calls do, and that installed modules are honest.
contract SsoAccount is
    WebAuthnValidator,
    ModuleRegistry,
    AccountExecution,
    AccountSignature,
    AccountFallback,
    ISessionAccount,
    IGuardedAccount
{
    /// @notice ERC-1967.
    event Upgraded(address indexed implementation);

    /// @notice The caller may not do this.
    error Unauthorized(address caller);

    /// @notice A restricted operation may not call this address.
    error TargetBanned(address target);

    /// @notice The nonce names a validator that is not installed.
    error ValidatorNotInstalled(address validator);

    /// @notice The new implementation has no code.
    error NoImplementation(address implementation);

    address private constant ENTRY_POINT = 0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108;
    bytes32 private constant IMPLEMENTATION_SLOT = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc;
    uint256 private constant MAX_CALLS = 32;
    uint256 private constant SIGNATURE_FAILED = 1;

    address private immutable FACTORY;

    /// @dev By the account itself or, for an operation that the owner signed, EntryPoint: a restricted operation
    /// reaches nothing but `execute`, and cannot call the account.
    modifier onlyOwner() {
        if (msg.sender != ENTRY_POINT && msg.sender != address(this)) revert Unauthorized(msg.sender);
        _;
    }

    constructor(address factory, address sessionModule, address guardianModule, address p256Verifier)
        WebAuthnValidator(p256Verifier)
        ModuleRegistry(sessionModule, guardianModule)
    {
        FACTORY = factory;
    }

    /// @notice Sets the first passkey. Only by the factory, which does it once, in the transaction of the creation.
    function initialize(bytes32 keyId, bytes32 credentialHash) external {
        if (msg.sender != FACTORY) revert Unauthorized(msg.sender);
        AccountStorage.layout().keys[keyId] = credentialHash;
    }

    /// @notice ERC-4337.
    function validateUserOp(PackedUserOperation calldata op, bytes32 userOpHash, uint256 missingFunds)
        external
        returns (uint256 validationData)
    {
        if (msg.sender != ENTRY_POINT) revert Unauthorized(msg.sender);
        address validator = address(uint160(op.nonce >> 96));
        if (validator == address(0)) {
            (bool valid, uint256 deadline) = _checkPasskey(userOpHash, op.signature);
            validationData = deadline << 160 | (valid && deadline != 0 ? 0 : SIGNATURE_FAILED);
        } else {
            validationData = _validateRestricted(validator, op, userOpHash);
        }
        if (missingFunds != 0) {
            // EntryPoint checks what arrives.
            assembly ("memory-safe") {
                pop(call(gas(), caller(), missingFunds, 0, 0, 0, 0))
            }
        }
    }

    /// @notice ERC-7579: single or batch, reverting or trying. Sessions and modules: single or batch, reverting.
    function execute(bytes32 mode, bytes calldata data) external payable onlyOwner {
        _execute(mode, data);
    }

    /// @notice ERC-7579: an installed executor calls through the account, restricted like a session.
    function executeFromExecutor(bytes32 mode, bytes calldata data) external payable returns (bytes[] memory) {
        if (msg.sender == GUARDIAN_MODULE || !_isInstalled(MODULE_TYPE_EXECUTOR, msg.sender)) {
            revert Unauthorized(msg.sender);
        }
        bool batch = mode == Calls.BATCH;
        if (!batch && mode != Calls.SINGLE) revert Calls.InvalidMode(mode);
        if (batch) Calls.checkBatch(data);
        else Calls.checkSingle(data);
        _checkTargets(batch, data, address(0), AccountStorage.layout().config.extraModules != 0);
        return _executeReturning(batch, data);
    }

    /// @notice Adds a passkey.
    ///
    /// @return keyId keccak256(abi.encode(x, y, keccak256(origin))).
    function addPasskey(bytes32 x, bytes32 y, bytes calldata credentialId, string calldata origin)
        external
        onlyOwner
        returns (bytes32 keyId)
    {
        return _addPasskey(x, y, credentialId, origin);
    }

    /// @notice Removes a passkey, never the last.
    function removePasskey(bytes32 keyId) external onlyOwner {
        _removePasskey(keyId);
    }

    /// @notice Ends all sessions for good.
    function endSessions() external onlyOwner {
        _endSessions();
    }

    /// @inheritdoc IGuardedAccount
    ///
    /// @dev Only by the guardian module.
    function recover(
        bytes32 x,
        bytes32 y,
        bytes calldata credentialId,
        string calldata origin,
        bytes32[] calldata removedKeyIds
    ) external {
        if (msg.sender != GUARDIAN_MODULE || !_isInstalled(MODULE_TYPE_EXECUTOR, msg.sender)) {
            revert Unauthorized(msg.sender);
        }
        // What the owner changed since the announcement does not stand in the way.
        if (!isPasskey(_keyIdOf(x, y, origin))) _addPasskey(x, y, credentialId, origin);
        for (uint256 i; i < removedKeyIds.length; ++i) {
            if (isPasskey(removedKeyIds[i])) _removePasskey(removedKeyIds[i]);
        }
        _endSessions();
    }

    /// @notice ERC-7579.
    function installModule(uint256 moduleType, address module, bytes calldata initData) external onlyOwner {
        _install(moduleType, module, initData);
    }

    /// @notice ERC-7579.
    function uninstallModule(uint256 moduleType, address module, bytes calldata deInitData) external onlyOwner {
        _uninstall(moduleType, module, deInitData);
    }

    /// @notice Changes the implementation, ends all sessions and then, unless `data` is empty, calls itself.
    function upgradeToAndCall(address implementation, bytes calldata data) external payable onlyOwner {
        if (implementation.code.length == 0) revert NoImplementation(implementation);
        _endSessions();
        assembly ("memory-safe") {
            sstore(IMPLEMENTATION_SLOT, implementation)
        }
        emit Upgraded(implementation);
        if (data.length != 0) _call(address(this), 0, data);
    }

    /// @notice ERC-7579.
    function accountId() external pure returns (string memory) {
        return "latchkey.account.1.0.0";
    }

    /// @inheritdoc ISessionAccount
    function checkSessionTargets(address[] calldata targets) external view returns (uint256 epoch) {
        AccountStorage.Config memory config = AccountStorage.layout().config;
        if (config.sessionsOff) revert ValidatorNotInstalled(SESSION_MODULE);
        for (uint256 i; i < targets.length; ++i) {
            if (_isBanned(targets[i], config.extraModules != 0)) revert TargetBanned(targets[i]);
        }
        return config.sessionEpoch;
    }

    /// @notice Whether restricted operations may not call this address.
    function isBannedTarget(address target) external view returns (bool) {
        return _isBanned(target, AccountStorage.layout().config.extraModules != 0);
    }

    /// @inheritdoc ISessionAccount
    function sessionEpoch() external view returns (uint256) {
        return AccountStorage.layout().config.sessionEpoch;
    }

    function _validateRestricted(address validator, PackedUserOperation calldata op, bytes32 userOpHash)
        private
        returns (uint256 validationData)
    {
        AccountStorage.Config memory config = AccountStorage.layout().config;
        bool sessions = validator == SESSION_MODULE;
        if (sessions ? config.sessionsOff : !_isInstalled(MODULE_TYPE_VALIDATOR, validator)) {
            revert ValidatorNotInstalled(validator);
        }
        (bool batch, bytes calldata data) = Calls.open(op.callData);
        _checkTargets(batch, data, validator, config.extraModules != 0);
        if (sessions) return _forwardToSessionModule(validator, config.sessionEpoch);
        validationData = IValidator(validator).validateUserOp(op, userOpHash);
        // An aggregator is not a validator's to choose.
        if (uint160(validationData) > SIGNATURE_FAILED) {
            validationData = validationData >> 160 << 160 | SIGNATURE_FAILED;
        }
    }

    /// @param validator Whose operation it is; the session module's own may close itself.
    /// @param extra Whether there are modules beside the built-in ones.
    function _checkTargets(bool batch, bytes calldata data, address validator, bool extra) private view {
        if (!batch) {
            (address target, uint256 value, bytes calldata callData) = Calls.single(data);
            if (_isBanned(target, extra)) {
                // The module compares the id, which it alone knows.
                bool closesItself = validator == SESSION_MODULE && target == SESSION_MODULE && value == 0
                    && callData.length == 36 && bytes4(callData) == ISessionModule.revokeSession.selector;
                if (!closesItself) revert TargetBanned(target);
            }
            return;
        }
        uint256 n = Calls.count(data);
        if (n == 0 || n > MAX_CALLS) revert Calls.InvalidCallData();
        for (uint256 i; i < n; ++i) {
            (address target,,) = Calls.item(data, i);
            if (_isBanned(target, extra)) revert TargetBanned(target);
        }
    }

    function _isBanned(address target, bool extraModules) private view returns (bool) {
        return _isMachinery(target) || (extraModules && AccountStorage.layout().modules[target] != 0);
    }

    /// @dev The built-in modules stay banned when they are uninstalled.
    function _isMachinery(address target) private view returns (bool) {
        return target == address(this) || target == ENTRY_POINT || target == SESSION_MODULE
            || target == GUARDIAN_MODULE || target == FACTORY;
    }

    function _mayBeModule(address module) internal view override returns (bool) {
        return module != address(0) && !_isMachinery(module);
    }

    /// @dev Sends this call's own calldata on as `validateSession(op, userOpHash, epoch)`: nothing is encoded again.
    function _forwardToSessionModule(address module, uint256 epoch) private returns (uint256 validationData) {
        bytes4 selector = ISessionModule.validateSession.selector;
        assembly ("memory-safe") {
            let m := mload(0x40)
            calldatacopy(m, 0, calldatasize())
            mstore(m, or(selector, shr(32, shl(32, mload(m)))))
            mstore(add(m, 0x44), epoch)
            let success := call(gas(), module, 0, m, calldatasize(), 0, 0x20)
            if iszero(and(success, eq(returndatasize(), 0x20))) {
                returndatacopy(m, 0, returndatasize())
                revert(m, returndatasize())
            }
            validationData := mload(0)
        }
    }
}
