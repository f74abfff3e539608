// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {Calls} from "../src/account/Calls.sol";
import {ModuleRegistry} from "../src/account/ModuleRegistry.sol";
import {SsoAccount} from "../src/account/SsoAccount.sol";
import {TestModule} from "./fixtures/TestModule.sol";
import {Wallet} from "./fixtures/Wallet.sol";

/// @dev Modules at the edges of their rules: what they are told, who counts as one, what stays when one goes.
contract ModuleRulesTest is Wallet {
    bytes32 internal constant CONFIG = 0x271c4ec484bd56e2fd23250a3f40474c1fa53c0ae4a127283b48c54c6b3d4300;
    uint256 internal constant LAST_EPOCH = 2 ** 30 - 1;
    bytes4 internal constant WHO = TestModule.who.selector;
    bytes4 internal constant PING = TestModule.ping.selector;

    function test_tellsTheModule_exactlyTheDataItWasGiven() public {
        for (uint256 moduleType = 1; moduleType < 4; ++moduleType) {
            TestModule module = new TestModule(moduleType);
            // Of a fallback handler the selector in front is the account's.
            bytes memory front = moduleType == 3 ? abi.encodePacked(WHO) : bytes("");
            vm.startPrank(address(account));
            account.installModule(moduleType, address(module), abi.encodePacked(front, "install"));
            assertEq(module.lastData(), "install");
            vm.expectEmit(address(account));
            emit ModuleRegistry.ModuleUninstalled(moduleType, address(module));
            account.uninstallModule(moduleType, address(module), abi.encodePacked(front, "uninstall"));
            assertEq(module.lastData(), "uninstall");
            vm.stopPrank();
        }
    }

    function test_knowsModules_fromOtherAddresses() public {
        TestModule module = _install(2, "");
        assertTrue(account.isModule(address(module)) && account.isBannedTarget(address(module)));
        assertFalse(account.isModule(shop) || account.isBannedTarget(shop));
        assertFalse(account.isModuleInstalled(2, shop, "") || account.isModuleInstalled(1, address(module), ""));
        assertFalse(account.isModuleInstalled(3, address(0), abi.encodePacked(WHO)), "nobody serves it");
    }

    function test_knowsFallbackHandlers_byTheirSelector() public {
        TestModule handler = _install(3, abi.encodePacked(WHO));
        assertTrue(account.isModuleInstalled(3, address(handler), abi.encodePacked(WHO)));
        assertFalse(account.isModuleInstalled(3, address(handler), abi.encodePacked(PING)));
        // Less than a selector names nothing, whatever zeros would make of it.
        TestModule zero = _install(3, abi.encodePacked(bytes4(0)));
        assertTrue(account.isModuleInstalled(3, address(zero), abi.encodePacked(bytes4(0))));
        assertFalse(account.isModuleInstalled(3, address(zero), hex"000000"));
        // How many selectors a handler serves is no type.
        for (uint256 moduleType = 4; moduleType < 300; ++moduleType) {
            assertFalse(account.isModuleInstalled(moduleType, address(handler), ""));
        }
    }

    function test_removesASelector_onlyFromItsOwnHandler() public {
        TestModule one = _install(3, abi.encodePacked(WHO));
        TestModule other = _install(3, abi.encodePacked(PING));
        vm.startPrank(address(account));
        vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.ModuleNotInstalled.selector, 3, one));
        account.uninstallModule(3, address(one), abi.encodePacked(PING));
        vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.ModuleNotInstallable.selector, 3, other));
        account.installModule(3, address(other), abi.encodePacked(WHO));
        assertTrue(account.isModuleInstalled(3, address(one), abi.encodePacked(WHO)));
        assertTrue(account.isModuleInstalled(3, address(other), abi.encodePacked(PING)));
    }

    function test_refusesTypes_thatDoNotExist_whateverTheModuleSays() public {
        uint256[4] memory types = [uint256(0), 4, 5, 255];
        for (uint256 i; i < types.length; ++i) {
            TestModule module = new TestModule(types[i]);
            vm.prank(address(account));
            vm.expectRevert(
                abi.encodeWithSelector(ModuleRegistry.UnsupportedModuleType.selector, types[i], module)
            );
            account.installModule(types[i], address(module), "");
        }
    }

    function test_refusesFallbackHandler_thatIsInstalledAsAnother_evenIfItDeniesIt() public {
        for (uint256 moduleType = 1; moduleType < 3; ++moduleType) {
            TestModule module = _install(moduleType, "");
            _pretend(module, moduleType, false);
            _pretend(module, 3, true);
            _refusesHandler(module);
        }
    }

    function test_refusesFallbackHandler_thatSaysItIsAnotherTypeToo() public {
        for (uint256 moduleType = 1; moduleType < 3; ++moduleType) {
            TestModule module = new TestModule(3);
            _pretend(module, moduleType, true);
            _refusesHandler(module);
        }
    }

    function test_countsModules_onceEach() public {
        TestModule module = _install(1, "");
        _pretend(module, 2, true);
        vm.startPrank(address(account));
        account.installModule(2, address(module), "");
        assertEq(_extraModules(), 1);
        TestModule handler = new TestModule(3);
        account.installModule(3, address(handler), abi.encodePacked(WHO));
        account.installModule(3, address(handler), abi.encodePacked(PING));
        assertEq(_extraModules(), 2);
        account.uninstallModule(1, address(module), "");
        assertTrue(account.isModuleInstalled(2, address(module), "") && account.isModule(address(module)));
        assertFalse(account.isModuleInstalled(1, address(module), ""));
        account.uninstallModule(3, address(handler), abi.encodePacked(WHO));
        assertEq(_extraModules(), 2);
        account.uninstallModule(2, address(module), "");
        assertEq(_extraModules(), 1);
        account.uninstallModule(3, address(handler), abi.encodePacked(PING));
        assertEq(_extraModules(), 0);
    }

    function test_switchesTheBuiltInModules_offAndOn() public {
        address[2] memory modules = [address(sessions), address(guardian)];
        for (uint256 i; i < 2; ++i) {
            vm.startPrank(address(account));
            account.uninstallModule(i + 1, modules[i], "");
            assertFalse(account.isModule(modules[i]) || account.isModuleInstalled(i + 1, modules[i], ""));
            assertTrue(account.isBannedTarget(modules[i]), "banned all the same");
            vm.expectEmit(address(account));
            emit ModuleRegistry.ModuleInstalled(i + 1, modules[i]);
            account.installModule(i + 1, modules[i], "");
            assertTrue(account.isModule(modules[i]) && account.isModuleInstalled(i + 1, modules[i], ""));
            assertEq(_extraModules(), 0);
            vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.ModuleNotInstallable.selector, 2 - i, modules[i]));
            account.installModule(2 - i, modules[i], "");
            vm.stopPrank();
        }
        assertTrue(sessions.isModuleType(1));
        assertFalse(sessions.isModuleType(0) || sessions.isModuleType(2));
    }

    function test_refusesToMoveTheEpoch_beyondItsWidth() public {
        uint256 config = uint256(vm.load(address(account), CONFIG));
        vm.store(address(account), CONFIG, bytes32(config | (LAST_EPOCH - 1) << 16));
        vm.startPrank(address(account));
        vm.expectEmit(address(account));
        emit ModuleRegistry.SessionsEnded(LAST_EPOCH);
        account.endSessions();
        vm.expectRevert(ModuleRegistry.EpochsExhausted.selector);
        account.endSessions();
        assertEq(account.sessionEpoch(), LAST_EPOCH);
    }

    function test_keepsTheTimesOfAValidator_thatNamesAnAggregator() public {
        TestModule module = _install(1, "");
        uint256 times = type(uint256).max >> 160 << 160;
        uint160[3] memory aggregators = [uint160(2), uint160(shop), type(uint160).max];
        for (uint256 i; i < aggregators.length; ++i) {
            module.setValidationData(times | aggregators[i]);
            assertEq(_validate(module), times | 1);
        }
        for (uint256 ok; ok < 2; ++ok) {
            module.setValidationData(times | ok);
            assertEq(_validate(module), times | ok);
        }
    }

    function test_refusesMalformedCalls_ofExecutors() public {
        TestModule module = _install(2, "");
        vm.expectRevert(Calls.InvalidCallData.selector);
        module.execute(account, Calls.SINGLE, new bytes(51));
        Call[] memory calls = new Call[](1);
        calls[0] = Call(shop, 0, "");
        vm.expectRevert(Calls.InvalidCallData.selector);
        module.execute(account, Calls.BATCH, abi.encodePacked(abi.encode(calls), bytes32(0)));
        vm.expectRevert(Calls.InvalidCallData.selector);
        module.execute(account, Calls.BATCH, abi.encode(new Call[](0)));
    }

    function test_passesOn_whatAFallbackHandlerSays_alsoWhenItReverts() public {
        bytes4 selector = TestModule.onUninstall.selector;
        TestModule handler = _install(3, abi.encodePacked(selector));
        handler.setAnswerLength(97);
        (, bytes memory answer) = address(account).call(abi.encodeWithSelector(selector, ""));
        assertEq(answer.length, 97);
        handler.setFailsOnUninstall();
        vm.expectRevert(bytes("no"));
        TestModule(address(account)).onUninstall("");
    }

    function _refusesHandler(TestModule module) private {
        vm.prank(address(account));
        vm.expectRevert(abi.encodeWithSelector(ModuleRegistry.ModuleNotInstallable.selector, 3, module));
        account.installModule(3, address(module), abi.encodePacked(WHO));
    }

    function _pretend(TestModule module, uint256 moduleType, bool isIt) private {
        vm.mockCall(address(module), abi.encodeCall(TestModule.isModuleType, (moduleType)), abi.encode(isIt));
    }

    function _validate(TestModule module) private returns (uint256) {
        uint192 key = uint192(uint160(address(module))) << 32;
        PackedUserOperation memory o = op(key, single(address(token), 0, ""));
        vm.prank(address(entryPoint));
        return account.validateUserOp(o, 0, 0);
    }

    /// @dev Lowest 16 bits of the account's first word.
    function _extraModules() private view returns (uint256) {
        return uint16(uint256(vm.load(address(account), CONFIG)));
    }

    function _install(uint256 moduleType, bytes memory data) private returns (TestModule module) {
        module = new TestModule(moduleType);
        vm.prank(address(account));
        account.installModule(moduleType, address(module), data);
    }
}
