// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {ERC1271} from "solady/src/accounts/ERC1271.sol";
import {IModule} from "./IModule.sol";

/// @title SsoAccount
///
/// @notice A double of an account of the public ZKsync SSO contracts, for tests on a local chain: it validates and executes as they
/// do. Never deployed elsewhere.
///
/// @dev Written from the published formats, not from their source. Left out: executors, fallback handlers, hooks, registry.
contract SsoAccount is ERC1271 {
    struct Execution {
        address target;
        uint256 value;
        bytes callData;
    }

    uint256 private constant VALIDATOR = 1;
    uint256 private constant EXECUTOR = 2;
    address private constant ENTRY_POINT = 0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108;

    bool private _initialized;
    mapping(uint256 moduleType => mapping(address module => bool installed)) private _modules;

    error OnlyEntryPointOrSelf();
    error AlreadyInitialized();
    error Unsupported(bytes32 mode);
    error NoValidator(address module);

    modifier onlyEntryPointOrSelf() {
        if (msg.sender != ENTRY_POINT && msg.sender != address(this)) revert OnlyEntryPointOrSelf();
        _;
    }

    receive() external payable {}

    /// @notice Installs modules; called once, by the proxy's constructor.
    function initializeAccount(address[] calldata modules, bytes[] calldata data) external {
        if (_initialized) revert AlreadyInitialized();
        _initialized = true;
        for (uint256 i; i < modules.length; ++i) {
            IModule module = IModule(modules[i]);
            for (uint256 moduleType = VALIDATOR; moduleType <= EXECUTOR; ++moduleType) {
                if (module.isModuleType(moduleType)) _modules[moduleType][modules[i]] = true;
            }
            module.onInstall(data[i]);
        }
    }

    /// @notice ERC-4337: the first 20 bytes of the signature name the validator that judges.
    function validateUserOp(PackedUserOperation calldata op, bytes32 userOpHash, uint256 missingFunds)
        external
        returns (uint256 validationData)
    {
        if (msg.sender != ENTRY_POINT) revert OnlyEntryPointOrSelf();
        address validator = address(bytes20(op.signature[:20]));
        validationData = _modules[VALIDATOR][validator] ? IModule(validator).validateUserOp(op, userOpHash) : 1;
        if (missingFunds > 0) {
            (bool paid,) = msg.sender.call{value: missingFunds}("");
            (paid); // EntryPoint looks at its balance itself.
        }
    }

    /// @notice ERC-7579: single (0x00) and batch (0x01), all or nothing (0x00) or each for itself (0x01).
    function execute(bytes32 mode, bytes calldata data) external payable onlyEntryPointOrSelf {
        bytes1 callType = mode[0];
        bytes1 execType = mode[1];
        if (execType > 0x01) revert Unsupported(mode);
        if (callType == 0x00) {
            _run(address(bytes20(data[:20])), uint256(bytes32(data[20:52])), data[52:], execType);
        } else if (callType == 0x01) {
            Execution[] memory executions = abi.decode(data, (Execution[]));
            for (uint256 i; i < executions.length; ++i) {
                _run(executions[i].target, executions[i].value, executions[i].callData, execType);
            }
        } else {
            revert Unsupported(mode);
        }
    }

    function isModuleInstalled(uint256 moduleType, address module, bytes calldata) external view returns (bool) {
        return _modules[moduleType][module];
    }

    function _run(address target, uint256 value, bytes memory callData, bytes1 execType) private {
        (bool success, bytes memory answer) = target.call{value: value}(callData);
        if (success || execType == 0x01) return;
        assembly {
            revert(add(answer, 0x20), mload(answer))
        }
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("zksync-sso-1271", "1.0.0");
    }

    /// @dev Accounts share one implementation: what it cached of itself would be of no use to them.
    function _domainNameAndVersionMayChange() internal pure override returns (bool) {
        return true;
    }

    /// @dev Reached by ERC-7739's two ways only.
    function _erc1271IsValidSignatureNowCalldata(bytes32 hash, bytes calldata signature)
        internal
        view
        override
        returns (bool)
    {
        address validator = address(bytes20(signature[:20]));
        if (!_modules[VALIDATOR][validator]) revert NoValidator(validator);
        return IModule(validator).isValidSignatureWithSender(msg.sender, hash, signature[20:]) == 0x1626ba7e;
    }

    function _erc1271CallerIsSafe() internal pure override returns (bool) {
        return false;
    }

    function _erc1271Signer() internal pure override returns (address) {
        return address(0);
    }
}
